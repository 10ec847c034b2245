// An office with a case in each state that a screen treats in a way of its own,
// and what is typed into the forms of a page, as a browser would send it.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Office } from './office.mjs'

const code = /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$/m

// ---- the office

export class Peopled {
	static async open(roles) {
		const one = new Peopled()
		one.office = await Office.open({ roles, cases: false })
		one.roles = roles
		const other = await Office.open({ committee: 'TN', roles: ['committee'], cases: false })
		one.office.believes(other)
		other.believes(one.office)
		one.came = ['a', 'b', 'c', 'd'].map((number) => {
			const there = other.opened([]), file = join(one.office.folder, `came-${number}`)
			other.as('office', 'refer', there, '--to', 'MA')
			other.as('committee', 'send', there, '--to', 'MA', '-o', file)
			return file
		})
		await other.close()
		one.write('provider.xml', `<providers xmlns="urn:ihala:provider:1"><provider id="dar-exemple" region="MA-04"><name><text xml:lang="ar">دار المثال</text>
			<text xml:lang="fr">Maison Exemple</text><text xml:lang="en">Example House</text></name><service id="shelter" places="8" free="3"/><public sex="female" from="18" to="40"/></provider></providers>`)
		one.as('provider', 'load', one.file('provider.xml'))
		return one
	}
	file(name) { return join(this.office.folder, name) }
	write(name, text) {
		writeFileSync(this.file(name), text)
		return this.file(name)
	}
	as(...words) { return this.office.as('office', ...words) }
	decide(of, state) {
		this.as('case', 'determine', of, this.write('decision.xml', `<determination xmlns='urn:ihala:determination:1' state='${state}' body='cnclt' law='law-27-14' article='art. 7'>
			<grounds>Exemple : les papiers gardés.</grounds>${state === 'not-confirmed' ? '<differs>Exemple : un témoin entendu depuis.</differs>' : ''}</determination>`))
	}
	// One of each: its name and its code; without EVERY those that are made soon.
	// With USER they are given to USER.
	cases(user = null, every = true) {
		const made = () => this.office.opened(user ? [user] : [])
		const reviewed = () => {
			const of = made()
			this.as('case', 'move', of, 'file', 'finalise')
			return of
		}
		const decided = (...states) => {
			const of = reviewed()
			for (const state of states) this.decide(of, state)
			return of
		}
		const all = { fresh: made(), reviewed: reviewed() }
		if (!every) return all
		Object.assign(all, { presumed: decided('presumed'), proposed: decided('presumed', 'not-confirmed'), refused: reviewed() })
		all.decided = decided('presumed', 'not-confirmed')
		this.office.as('committee', 'case', 'determine', all.decided)
		this.as('consent', 'refuse', all.refused, '--purpose', 'referral', '--read-in', 'fr')
		this.as('case', 'move', all.refused, 'file', 'refuse')
		all.drafted = reviewed()
		this.as('refer', all.drafted, '--to', 'TN')
		all.sent = reviewed()
		this.as('refer', all.sent, '--to', 'TN')
		this.office.as('committee', 'send', all.sent, '--to', 'TN', '-o', this.file(`sent-${all.sent}`))
		all.cared = reviewed()
		this.as('plan', 'apply', all.cared, this.write('plan.xml', `<changes xmlns="urn:ihala:plan:1" case="${all.cared}" version="${this.version(all.cared)}"><add id="home" need="shelter" service="shelter"/></changes>`))
		this.office.as('supervisor', 'case', 'move', all.cared, 'file', 'confirm-possible')
		this.as('case', 'move', all.cared, 'file', 'start-support')
		all.closed = reviewed()
		this.office.as('supervisor', 'case', 'move', all.closed, 'file', 'no-indication')
		all.held = reviewed()
		this.as('case', 'hold', all.held, '--until', '2027-06-30', '--reason-file', this.write('reason', 'Exemple : une plainte est en cours.\n'))
		const came = this.came.pop()
		if (came) {
			all.came = this.as('receive', came).match(code)[0]
			if (user) this.as('case', 'assign', all.came, user)
		}
		return all
	}
	version(of) { return this.as('case', 'view', of, '--format', 'xml').match(/version="([0-9]+)"/)[1] }
	// A request that was taken in, and an interview that waits.
	asked(number) {
		return this.as('request', 'add', this.write('asks.xml', `<request xmlns='urn:ihala:request:1' training='true' channel='hotline' danger='no'>
			<about>Exemple ${number} : la porte est close.</about><identity><name>Personne Exemple</name></identity></request>`)).match(code)[0]
	}
	waits(number) {
		return this.as('import', 'paper', this.write('paper.xml', readFileSync('xml/example/02-indicated-ar.xml', 'utf8')
			.replace(/(<answers[^>]* id=")[0-9a-f]{4}/, `$1e${number.toString(16).padStart(3, '0')}`))).match(code)[0]
	}
	close() { return this.office.close() }
}

// The pages that tests/web/pages_*.txt list, CODES in their places; those that
// lack a code are left out.
export const pages = (codes) => readdirSync('tests/web').filter((name) => /^pages_.*\.txt$/.test(name)).sort()
	.flatMap((name) => readFileSync(`tests/web/${name}`, 'utf8').split('\n').filter(Boolean))
	.map((path) => path.replace(/\{([a-z]+)\}/g, (hole, name) => codes[name] ?? hole))
	.filter((path, at, all) => !path.includes('{') && path !== '/nothing' && all.indexOf(path) === at)

// ---- the table of screens

export const rows = [...readFileSync('xml/screen/screens.xml', 'utf8').replace(/<!--[^]*?-->/g, '')
	.matchAll(/<(screen|act)\s([^>]*?)(?:\/>|>([^]*?)<\/\1>)/g)].map(([, kind, attributes, inner = '']) => ({ kind,
	...Object.fromEntries([...attributes.matchAll(/([a-z]+)="([^"]*)"/g)].map(([, name, value]) => [name, value])),
	fields: [...inner.matchAll(/<field name="([^"]*)" type="([^"]*)"/g)].map(([, name, type]) => ({ name, type })) }))
// The act that a form goes to: of those that fit, the one with fewest holes.
export const actAt = (path) => rows.filter((row) => row.kind === 'act' && new RegExp(`^${row.path.replace(/\{[^}]*\}/g, '[^/]+')}$`).test(path))
	.sort((a, b) => a.path.split('{').length - b.path.split('{').length)[0]

// ---- forms of a page

export const plain = (html) => html.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&#39;/g, "'")
	.replace(/&#x([0-9A-Fa-f]+);/g, (_, at) => String.fromCodePoint(parseInt(at, 16))).replace(/&#(\d+);/g, (_, at) => String.fromCodePoint(at)).replace(/&amp;/g, '&').replace(/\r\n/g, '\n')
const attributesOf = (tag) => Object.fromEntries([...tag.matchAll(/([a-z-]+)(?:="([^"]*)"|='([^']*)')?/g)].slice(1).map(([, name, value, single]) => [name, plain(value ?? single ?? '')]))
const isMade = (field) => field.class === 'made'

// Each form that is sent by POST: where to, and its fields as they stand.
export function formsOf(html) {
	return [...html.matchAll(/<form ([^>]*)>([^]*?)<\/form>/g)].flatMap(([, head, inner]) => {
		const form = attributesOf(`<form ${head}`)
		if (form.method !== 'post' || !/name="token"/.test(inner)) return []
		const fields = [...inner.matchAll(/<input[^>]*>|<textarea[^>]*>[^]*?<\/textarea>|<select[^>]*>[^]*?<\/select>/g)].map(([text]) => {
			const [tag] = text.match(/^<[^>]*>/), field = { type: 'text', ...attributesOf(tag), kind: tag.match(/^<([a-z]+)/)[1] }
			if (field.kind === 'textarea') Object.assign(field, { type: 'textarea', value: plain(text.slice(tag.length, -'</textarea>'.length)) })
			if (field.kind === 'select') {
				field.type = 'select'
				field.options = [...text.matchAll(/<option[^>]*>/g)].map(([option]) => attributesOf(option))
				field.value = (field.options.find((option) => 'selected' in option) ?? field.options[0])?.value ?? ''
			}
			return { value: '', ...field }
		})
		const buttons = [...inner.matchAll(/<button[^>]*>/g)].map(([tag]) => attributesOf(tag))
		return buttons.map((button, at) => ({ action: button.formaction ?? form.action, button, fields: fields.map((field) => ({ ...field })), first: at === 0,
			is: [form.action, ...fields.filter((field) => field.type === 'hidden' && !isMade(field)).map(({ name, value }) => `${name}=${value}`)].join(' '),
			multipart: form.enctype === 'multipart/form-data' }))
	})
}

// Attributes without a value are there too.
const isChoice = ({ type }) => type === 'radio' || type === 'checkbox'
export const isSecret = ({ type }) => type === 'file' || type === 'password'
export const isTyped = (field) => field.type !== 'hidden' && !isSecret(field)

// All that can be is filled in, and nothing is left as it stood.
export function fill(form, texts = {}) {
	const last = {}
	form.fields.forEach((field, at) => { if (field.type === 'radio') last[field.name] = at })
	form.fields.forEach((field, at) => {
		if (field.type === 'radio') { delete field.checked; if (last[field.name] === at) field.checked = 'checked' }
		else if (field.type === 'checkbox') 'checked' in field ? delete field.checked : field.checked = 'checked'
		else if (field.type === 'select') field.value = field.options.at(-1)?.value ?? ''
		else if (field.type === 'date') field.value = texts[field.name] ?? '2027-03-04'
		else if (field.type === 'number') field.value = texts[field.name] ?? String(at + 1)
		else if (field.type === 'password') field.value = texts[field.name] ?? 'an invented passphrase'
		else if (field.type === 'text' || field.type === 'textarea') field.value = texts[field.name] ?? `Exemple ${at} : « a & b » <b>\n"${at}"`.replace(/\n/g, field.type === 'text' ? ' ' : '\n')
	})
	return form
}

export const sent = (form) => [...form.fields.filter((field) => field.type !== 'file' && (!isChoice(field) || 'checked' in field)).map(({ name, value }) => [name, value]),
	...form.button.name ? [[form.button.name, form.button.value]] : []]
// What a field shows: of a choice, whether it is made.
export const shows = (field) => isChoice(field) ? `${field.value} ${'checked' in field}` : field.value
