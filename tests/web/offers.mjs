// What a page offers can be done: each form of each page, for each role and in
// each state of a case, is sent as it stands, with what it asks for; it may
// lack something, but is never refused for the role or the state.
//
//	PROGRAM=build/ihala node tests/web/offers.mjs
import { readFileSync } from 'node:fs'
import { finish, holds, roles } from './office.mjs'
import { Peopled, actAt, formsOf, pages, sent } from './peopled.mjs'

// What would end the session or the trust that all others need; and what is a
// file of another program.
const left = new Set(['user-revoke', 'user-rotate', 'passphrase', 'trust-withdraw', 'pack-load', 'letter-receive', 'letter-look'])
// Refused for what is typed, though there is nothing to type: a letter that was
// not asked for, a consent that is not there, a second who signs.
const lacks = new Set(['E_INTAKE_DIFFERS', 'E_REQUEST_EXISTS', 'E_FEARS_UNKNOWN', 'E_CONSENT'])
// Of a page as HTML and as PDF the same command makes one.
left.add('document-pdf')

// Each kind of letter is an offer of its own.
const offers = (page) => formsOf(page.text).filter(({ action }) => !left.has(actAt(action)?.id)).flatMap((form) => {
	const at = form.fields.findIndex(({ name, type }) => name === 'as' && type === 'select')
	return at < 0 ? [form] : form.fields[at].options.map(({ value }) => ({ ...form, is: `${form.is} as=${value}`, fields: form.fields.map((field, i) => i === at ? { ...field, value } : { ...field }) }))
})

const few = process.env.IHALA_ROLE ? [process.env.IHALA_ROLE] : process.env.IHALA_FEW ? ['case-worker', 'auditor'] : roles
const peopled = await Peopled.open([...new Set([...few, 'case-worker', 'supervisor', 'committee'])])
const { office } = peopled
let number = 0
const interview = () => readFileSync('xml/example/01-indicated-fr.xml', 'utf8').replace(/(<answers[^>]* id=")[0-9a-f]{4}/, `$1f${(++number).toString(16).padStart(3, '0')}`)
const usual = {
	reason: 'Exemple : une raison.', grounds: 'Exemple : le salaire gardé.', why: 'Exemple : une raison.', value: 'Exemple', period: '2026',
	until: '2027-01-31', day: '', review: '2027-01-31', since: '', due: '2027-01-31', file: interview, entry: '1', key: '', card: '', pin: '', article: '',
	id: () => `exemple-${++number}`, 'name-ar': 'مثال', 'name-fr': 'Exemple', 'name-en': 'Example', differs: 'Exemple : un témoin.', text: '1', languages: 'fr', region: 'MA-04',
	fingerprint: '', passphrase: 'one more invented passphrase', user: () => `user-${++number}`, when: '', view: 'Exemple', objective: 'Exemple',
}
const answered = (form) => {
	for (const field of form.fields) {
		const given = usual[field.name]
		if (field.type === 'radio' && !form.fields.some(({ name, ...one }) => name === field.name && 'checked' in one)) field.checked = ''
		else if (['text', 'textarea', 'date', 'number', 'password', 'file'].includes(field.type) && given !== undefined) field.value = typeof given === 'function' ? given() : given
		else if (field.type === 'select' && field.value === '' && 'required' in field) field.value = field.options.find(({ value }) => value)?.value ?? ''
	}
	return [...sent(form), ...form.fields.filter(({ type }) => type === 'file').map(({ name, value }) => [name, value])]
}

let offered = 0
for (const role of few) {
	// who does nothing with a case sees some of them
	const own = peopled.cases(['screener', 'case-worker'].includes(role) ? role : null, ['screener', 'case-worker', 'supervisor', 'committee'].includes(role))
	const codes = { request: peopled.asked(++number), intake: peopled.waits(++number) }
	if (['screener', 'case-worker'].includes(role)) for (const code of Object.values(codes)) peopled.as('case', 'assign', code, role)
	let session = await office.enter(role)
	const get = async (path) => {
		let page = await session.get(path)
		if (page.status !== 401) return page
		session = await office.enter(role)
		return session.get(path)
	}
	const begun = formsOf((await get('/interview')).text).find(({ action }) => action === '/interview')
	if (begun) codes.interview = (await session.post('/interview', answered(begun))).location.split('/').pop()
	const done = new Set
	const seen = new Set
	for (const [state, code] of Object.entries(own))
		for (const path of pages({ ...codes, code, ...state === 'came' ? { came: code } : {} }).filter((one) => !seen.has(one) && seen.add(one)))
			for (let more = true; more;) {
				const page = await get(path)
				const form = offers(page).find((one) => !done.has(`${one.action} ${one.is} ${one.button.value}`))
				if (!(more = Boolean(form))) break
				done.add(`${form.action} ${form.is} ${form.button.value}`)
				const { id } = actAt(form.action), answer = await session.post(form.action, answered(form))
				const [why] = answer.status >= 400 ? answer.text.match(/E_[A-Z_]+/) ?? ['?'] : ['']
				offered++
				holds(`${role}, ${state}, ${path}: ${id} ${form.is.split(' ').slice(1)} ${form.button.value ?? ''}`, (![403, 409, 500].includes(answer.status) || lacks.has(why)), `${answer.status} ${why} ${answer.text.match(/class="place"><bdi>([^<]*)/)?.[1] ?? ''}`)
			}
	session.done()
}
holds('much is offered', offered > (process.env.IHALA_FEW ? 50 : 250), offered)
await peopled.close()
finish(`${offered} forms, offered to ${few.length} roles`)
