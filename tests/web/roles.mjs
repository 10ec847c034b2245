// Each role on each screen and each act: what the table of roles lets it, and
// 403 for all else; made of `ihala roles` and xml/screen/screens.xml.  And no
// page, title, address, heading or log holds the name of anybody.
//
//	PROGRAM=build/ihala node tests/web/roles.mjs
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Office, finish, holds, roles } from './office.mjs'

const few = process.env.IHALA_FEW ? ['screener', 'committee', 'auditor'] : roles
const office = await Office.open({ roles: ['administrator', ...few] })

// ---- the two tables
const reach = {}
for (const [, attributes] of execFileSync(process.env.PROGRAM || 'build/ihala', ['roles', '--format', 'xml'], { encoding: 'utf8' })
	.matchAll(/<action ([^>]*)\/>/g)) {
	const of = Object.fromEntries([...attributes.matchAll(/([a-z-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]))
	reach[of.action] = of
}
const rows = [...readFileSync('xml/screen/screens.xml', 'utf8').replace(/<!--[^]*?-->/g, '')
	.matchAll(/<(screen|act)\s([^>]*?)\/?>/g)].map(([, kind, attributes]) => ({ kind,
	...Object.fromEntries([...attributes.matchAll(/([a-z]+)="([^"]*)"/g)].map(([, name, value]) => [name, value])) }))
holds('the table of screens is read', rows.length > 15 && rows.every((row) => row.path && row.id), rows.length)
holds('each action it names is in the table of roles', rows.every((row) => !row.may || reach[row.may]))

// ---- what may show nowhere
const identity = ['Personne Exemple', '+212 600', '1998-05']
const told = (answer) => [answer.text, JSON.stringify(answer.headers)].join('\n')
const tellsNobody = (where, answer) => {
	for (const one of identity) holds(`${where}: no ${one}`, !told(answer).includes(one))
	const title = answer.text.match(/<title>([^<]*)<\/title>/)
	holds(`${where}: a title that tells nothing`, !title || !/victim|trafficking|victime|traite|ضحية|ضحايا|اتجار|[0-9A-Z]{4}-[0-9A-Z]{4}/i.test(title[1]), title && title[1])
}

// ---- each role
const form = (browser) => createHash('sha256').update(`ihala form 1 ${browser.cookies.session}`).digest('base64url')
const path = (row) => row.path.replaceAll('{code}', office.code).replaceAll(/\{[a-z-]+\}/g, 'none') +
	(row.id === 'ledger-part' ? '?since=0&until=39' : '')
let refusals = 0
for (const role of few) {
	const browser = await office.enter(role)
	for (const row of rows) {
		const has = row.may ? reach[row.may][role] : 'office'
		const may = row.reach === 'office' ? has === 'office' : has !== 'none'
		const answer = row.kind === 'screen' ? await browser.get(path(row)) :
			// without its number no form does anything
			await browser.post(path(row), { token: form(browser) })
		const where = `${role}, ${row.kind} ${row.id}`
		if (may) {
			// one of their own is asked for; what names no action refuses by itself
			const other = row.path.includes('{code}') && has === 'own'
			holds(`${where}: is let in`, !row.may || other || answer.status !== 403, `${answer.status} ${answer.text.match(/E_[A-Z_]+/)}`)
			holds(`${where}: does not break`, answer.status !== 500, answer.status)
		} else {
			holds(`${where}: 403`, answer.status === 403, answer.status)
			refusals++
		}
		tellsNobody(where, answer)
		holds(`${where}: under 30 KB`, answer.body.length < 30 * 1024, answer.body.length)
	}
	const home = await browser.get((await browser.get('/')).location)
	for (const [, to] of home.text.matchAll(/<nav[^]*?<\/nav>/g).next().value?.[0].matchAll(/href="([^"]*)"/g) ?? [])
		holds(`${role}: no link leads to a refusal: ${to}`, (await browser.get(to)).status === 200)
	browser.done()
}
holds('there are refusals', refusals > 10, refusals)
holds('no log holds a name', !identity.some((one) => office.log.includes(one)) && !/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]/.test(office.log), office.log)
await office.close()
finish(`each role on ${rows.length} screens and acts`)
