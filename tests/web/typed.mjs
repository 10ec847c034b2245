// Nothing that was typed is lost where a form is refused: each form of each
// page, with all of its fields filled in, is refused once and shown again as it
// was sent, but for passphrases and files; and no other form of the page has
// anything of it.
//
//	PROGRAM=build/ihala node tests/web/typed.mjs
import { finish, holds } from './office.mjs'
import { Peopled, actAt, fill, formsOf, isSecret, isTyped, pages, sent, shows } from './peopled.mjs'

const peopled = await Peopled.open(['case-worker', 'supervisor', 'committee'])
const { office } = peopled
const all = peopled.cases(), codes = { request: peopled.asked(1), intake: peopled.waits(1) }
const session = await office.enter('office')
const begun = await session.send('/interview', { instrument: 'adult', channel: 'ngo', language: 'fr' }, await session.get('/interview'))
codes.interview = begun.location.split('/').pop()
const paths = Object.entries(all).flatMap(([name, code]) => pages({ ...codes, code, ...name === 'came' ? { came: code } : {} }))

// A field that came once more, with what no type takes; a row that has none
// makes a document of all that came.
const bad = (row) => row.id === 'provider-hold' ? [['standard', 'none none 1']] : row.fields.filter(({ name, type }) => type !== 'file' && !row.path.includes(`{${name}}`)).slice(0, 1).map(({ name }) => [name, '\0'])
const seen = new Set, acts = new Set
let fields = 0
for (const path of new Set(paths)) {
	const page = await session.get(path)
	for (const form of formsOf(page.text)) {
		const row = actAt(form.action)
		const like = `${row?.id} ${form.fields.map(({ name, type }) => `${name}:${type}`).join(' ')} ${form.button.value ?? ''}`
		if (!row || seen.has(like) || !form.fields.some(isTyped)) continue
		seen.add(like)
		const fresh = await session.get(path)
		const others = formsOf(fresh.text), mine = fill(others.find((one) => one.is === form.is && one.action === form.action && one.button.value === form.button.value))
		const answer = await session.post(form.action, [...sent(mine), ...bad(row)])
		const where = `${path}, ${row.id}`
		const is = (sentence, so, what) => holds(`${where}: ${sentence}`, so, what)
		if (!is('is refused', answer.status >= 400 && answer.status < 500, answer.status)) continue
		acts.add(row.id)
		const again = formsOf(answer.text), back = again.find((one) => one.is === mine.is && one.action === mine.action) ??
			again.find((one) => one.action === mine.action)	// of a change it may be shown as new
		if (!is('the form is there', back)) continue
		for (const [at, field] of mine.fields.entries()) {
			const there = back.fields.filter(({ name }) => name === field.name)
			if (isTyped(field)) {
				fields++
				is(`${field.name} ${field.type} is as it was`, there.some((one) => shows(one) === shows(field)), JSON.stringify([shows(field), there.map(shows)]))
			} else if (isSecret(field))
				is(`${field.name} is not shown`, there.every(({ value }) => value === ''), at)
		}
		const before = new Map(formsOf(fresh.text).map((one) => [one.is, one]))
		for (const one of again)
			if (one.is !== mine.is && before.has(one.is))
				is(`${one.is} has nothing of it`, JSON.stringify(one.fields.filter(isTyped).map(shows)) === JSON.stringify(before.get(one.is).fields.filter(isTyped).map(shows)))
	}
}
holds('most acts that take something were refused once', acts.size > 30, [...acts].join(' '))
holds('and all kinds of fields', fields > 250, fields)

// ---- more groups than a new page has; and somebody else was faster
{
	const page = await session.get('/provider/dar-exemple/change'), form = fill(formsOf(page.text)[0], { languages: '!' })
	const answer = await session.post('/provider', sent(form))
	const back = formsOf(answer.text)[0]
	holds('a change that is refused has all groups', answer.status === 422 && ['from-1', 'to-1', 'from-2', 'to-2'].every((name) => back.fields.some((one) => one.name === name && one.value === form.fields.find((field) => field.name === name).value)), answer.status)
}
{
	const path = `/case/${all.presumed}/determination`, form = formsOf((await session.get(path)).text).find(({ action }) => action.endsWith('/determine'))
	peopled.decide(all.presumed, 'not-confirmed')
	const answer = await session.post(form.action, sent(fill(form, { grounds: 'Exemple : deux témoins entendus.' })))
	holds('where the form is there no more, what was written is', answer.status >= 400 && answer.text.includes('Exemple : deux témoins entendus.'), answer.status)
}
session.done()
await peopled.close()
finish(`${seen.size} forms with ${fields} fields, refused`)
