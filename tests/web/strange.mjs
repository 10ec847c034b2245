// What is strange, in each field of each screen and act of the table: it is
// refused with a page that says what was typed, or taken, and then it is there
// as it was typed.  Nothing breaks, and nothing of it is ever a part of a page.
//
//	PROGRAM=build/ihala node tests/web/strange.mjs
import { readFileSync } from 'node:fs'
import { Office, finish, holds, passphrase } from './office.mjs'

const strange = JSON.parse(readFileSync('tests/web/strange.json', 'utf8')).map((one) => typeof one === 'string' ? one : one.text.repeat(one.times))
// In every field that takes a text; of the others some in each, by turns.
const worst = strange.filter((text) => /script|"|CDATA|--|@\/|\u202e|\u0000|&amp;|\n/.test(text))
const rest = strange.filter((text) => !worst.includes(text))
let turn = 0
const some = (count) => Array.from({ length: count }, () => rest[turn++ % rest.length])

const rows = [...readFileSync('xml/screen/screens.xml', 'utf8').replace(/<!--[^]*?-->/g, '')
	.matchAll(/<(screen|act)\s([^>]*?)(?:\/>|>([^]*?)<\/\1>)/g)].map(([, kind, attributes, inner = '']) => ({ kind,
	...Object.fromEntries([...attributes.matchAll(/([a-z]+)="([^"]*)"/g)].map(([, name, value]) => [name, value])),
	fields: [...inner.matchAll(/<field name="([^"]*)" type="([^"]*)"/g)].map(([, name, type]) => ({ name, type })) }))
const isFree = (type) => ['line', 'text', 'secret', 'file'].includes(type)

const office = await Office.open({ roles: ['case-worker', 'supervisor', 'committee'] })
let session = await office.enter('office'), word = passphrase
const again = async () => {
	session.done()
	session = office.browser()
	const { status } = await session.logIn('office', word)
	if (status !== 303) throw new Error(`not let in again: ${status}`)
}

// ---- what stands in the other fields
const start = async (path, fields) => (await session.send(path, fields, await session.get(path))).location.split('/').pop()
const codes = { case: office.code }
const renew = async () => { codes.interview = await start('/interview', { instrument: 'adult', channel: 'ngo', language: 'fr' }) }
await renew()
codes.request = await start('/request/new', { channel: 'hotline', danger: 'no', safe: 'yes', asks: 'person', training: 'true' })
await session.send(`/case/${codes.case}/plan`, { change: 'add', item: 'n1', need: 'shelter', version: '1' }, await session.get(`/case/${codes.case}/plan`))
const usual = {
	instrument: 'adult', channel: 'ngo', language: 'fr', value: '', text: '', to: 'TN', reason: 'Exemple : une raison.', user: 'supervisor',
	axis: 'file', event: 'finalise', purpose: 'referral', said: 'give', mode: 'oral', 'read-in': 'fr', flag: 'fear', raised: 'no', about: 'any',
	kind: 'referral', until: '2027-01-31', day: '2026-11-22', clock: 'screening', 'asked-by': 'person', outcome: 'accepted', why: 'Exemple : une raison.',
	who: 'person', asked: 'person', committee: 'TN', id: 'dar-exemple', need: 'shelter', service: 'shelter', period: '2026', role: 'analyst',
	passphrase: 'one more invented passphrase', entry: '1', since: '0', change: 'add', old: word, interview: codes.interview, message: 'none',
	state: '', by: '', version: '', item: 'name', body: 'cnclt', basis: 'law-27-14|art. 7', grounds: 'Exemple : le salaire gardé.', as: '',
	danger: 'no', safe: 'yes', asks: 'person', 'name-ar': 'مثال', 'name-fr': 'Exemple', 'name-en': 'Example', region: 'MA-04', accredited: '2026-01-01', key: '',
}
const own = {
	'request-add': { channel: 'hotline', through: '', language: 'fr', about: '' },
	determine: { state: 'presumed' },
	'plan-change': { item: () => `n${turn}`, service: '', provider: '' },
	'user-register': { user: () => `user-${turn}` },
	passphrase: { old: () => word },
	'provider-enter': { id: () => `exemple-${turn}`, region: '' },
}
const other = (row, name) => {
	const value = own[row.id]?.[name] ?? usual[name] ?? ''
	if (name === 'code') return codes[row.path.split('/')[1]]
	if (name === 'version') return codes.version ?? ''
	return typeof value === 'function' ? value() : value
}

// ---- one request
const plain = (html) => html.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&#39;/g, "'")
	.replace(/&#x([0-9A-Fa-f]+);/g, (_, code) => String.fromCodePoint(parseInt(code, 16))).replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(code)).replace(/&amp;/g, '&').replace(/\r\n/g, '\n')
const ask = async (row, values) => {
	let path = row.path
	const more = []
	for (const [name, value] of Object.entries(values))
		if (path.includes(`{${name}}`)) path = path.replace(`{${name}}`, encodeURIComponent(value).replace(/^\.+$/, '%2E'))
		else if (value !== '') more.push([name, value])
	if (row.kind === 'screen') return session.get(`${path}?${new URLSearchParams(more)}`)
	return session.send(path, more, codes.page)
}
// Tags as they are, without what stands in their attributes.
const isPart = (page) => /<(?!script src)script|<img|<b>|<[^>]*\son\w+\s*=|<!--|<!\[CDATA|<\?/i.test(page.text.replace(/=\s*("[^"]*"|'[^']*')/g, '=""'))
// Where it is read again what the next page does not show.
const readAt = {
	'interview-answer': () => session.get(`/interview/${codes.interview}/review`),
	'case-hold': () => session.get(`/case/${codes.case}/keeping`),
	// all names of it, whatever the language of the page
	'provider-enter': (where) => session.get(`${where}/change`),
	rectify: async () => {
		const path = `/case/${codes.case}/names`
		return session.get((await session.send(path, {}, await session.get(path))).location)
	},
}
const found = { taken: 0, refused: 0, seen: 0 }
const flat = (text) => text.replace(/\s+/g, ' ').trim()
const tell = async (row, fields, text) => {
	const values = Object.fromEntries(row.fields.map(({ name }) => [name, fields.some((field) => field.name === name) ? text : other(row, name)]))
	if (row.kind === 'act') {
		codes.page = await session.get('/interview')
		if (codes.page.status === 401) { await again(); codes.page = await session.get('/interview') }
	}
	const answer = await ask(row, values), { status } = answer
	const where = `${row.id}, ${fields.map(({ name }) => name)}: ${JSON.stringify(text.slice(0, 30))}`
	const is = (sentence, so, what) => holds(`${where}: ${sentence}`, so, what)
	is('does not break', status < 500 && status > 0, status)
	is('is no part of a page', !/html/.test(answer.headers['content-type'] || '') || !isPart(answer))
	if (status !== 303 && status !== 200) {
		found.refused++
		is('is refused with a page', answer.text.includes('<h1>'), status)
		if (status === 413 || /E_FIELD\b|E_PAGE|E_ROLE/.test(answer.text)) return
		for (const { name, type } of fields)
			if (['line', 'text'].includes(type) && new RegExp(`<(input|textarea)[^>]* name="${name}"`).test(answer.text)) {
				found.seen++
				is(`${name} is there still`, plain(answer.text).includes(text.replace(/\r\n?/g, '\n')), status)
			}
		return
	}
	found.taken++
	if (row.kind === 'screen' || status === 200) return
	if (row.id === 'passphrase') { word = text; return }
	const then = await session.get(answer.location)
	is('is no part of the next page', !isPart(then))
	const places = [then, ...readAt[row.id] ? [await readAt[row.id](answer.location)] : []]
	holds(`${where}: nor of where it is read`, !places.some(isPart))
	const shown = flat(places.map((page) => plain(page.text)).join(' '))
	// why an answer was put right stands in the copy for the person, and why a
	// case was broken open in the sealed note for who reviews it
	for (const { name } of fields.filter(({ name, type }) => ['line', 'text'].includes(type) && name !== 'why' && row.id !== 'case-break')) {
		found.seen++
		is(`${name} is there as it was typed`, shown.includes(flat(text)))
	}
}

for (const row of rows) {
	const free = row.fields.filter(({ type }) => isFree(type)), strict = row.fields.filter(({ type }) => !isFree(type))
	const all = row.kind === 'act' ? worst : worst.slice(0, 3)
	const turns = [...free.length > 0 ? all.map((text) => [free, text]) : [],
		...(free.length > 1 && row.kind === 'act' ? free : []).flatMap((field) => some(2).map((text) => [[field], text])),
		...strict.flatMap((field) => some(2).map((text) => [[field], text]))]
	for (const [fields, text] of turns) {
		// longer than any address: the connection ends (attacks.mjs)
		if (text.length > 4000 && (row.kind === 'screen' || fields.some(({ name }) => row.path.includes(`{${name}}`)))) continue
		await tell(row, fields, text)
		if (/interview-(finish|discard)|request-finish/.test(row.id)) await renew()
	}
}
holds('some are taken, some refused, and most seen again', found.taken > 100 && found.refused > 800 && found.seen > 300, JSON.stringify(found))
session.done()
await office.close()
finish(`what is strange in ${rows.reduce((all, row) => all + row.fields.length, 0)} fields`)
