// Each page type in Arabic, French and English, opened by Chromium and held to
// axe: the pages that tests/web/pages_*.txt list, for an account that has every
// role; and what is shown to whoever is not logged in.
//
//	PROGRAM=build/ihala node tests/web/pages.mjs
import { readFileSync, readdirSync } from 'node:fs'
import { launch, violations } from '../npm/browser.mjs'
import { Office, finish, holds } from './office.mjs'

const office = await Office.open({ roles: ['case-worker', 'supervisor', 'committee'] })
const session = await office.enter('office')
const begun = await session.send('/interview', { instrument: 'adult', channel: 'ngo', language: 'fr' }, await session.get('/interview'))
const draft = begun.location.split('/').pop()
const question = await session.get(begun.location)
await session.send(`${begun.location}/item/alone`, { value: 'yes' }, question)
const paths = readdirSync('tests/web').filter((name) => /^pages_.*\.txt$/.test(name)).sort()
	.flatMap((name) => readFileSync(`tests/web/${name}`, 'utf8').split('\n').filter(Boolean))
	.map((path) => path.replaceAll('{code}', office.code).replaceAll('{interview}', draft))
	.filter((path) => !path.includes('{'))	// tests/house/case_screens.sh has two offices

const written = ['hidden', 'radio', 'checkbox', 'file', 'submit', 'password'].map((type) => `:not([type=${type}])`).join('')
const kept = ['textarea', `input${written}`].map((field) => `${field}:not([autocomplete=off]):not([autocomplete=username])`).join(', ')

const browser = await launch()
for (const language of ['ar', 'fr', 'en']) {
	const context = await browser.newContext({ locale: language, viewport: { width: 360, height: 740 } })
	const page = await context.newPage()
	const look = async (path) => {
		const answer = await page.goto(new URL(path, office.address).href)
		const where = `${language} ${path}`
		holds(`${where}: does not break`, answer.status() < 500, answer.status())
		for (const line of await violations(page)) holds(`${where}: nothing that axe finds`, false, line)
		holds(`${where}: in the language that was asked for`, await page.getAttribute('html', 'lang') === language && await page.getAttribute('html', 'dir') === (language === 'ar' ? 'rtl' : 'ltr'))
		holds(`${where}: is as wide as the screen`, await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), await page.evaluate(() => document.documentElement.scrollWidth))
		// the catalogue shows them as they are
		holds(`${where}: no sentence waits for its number or name`, path === '/words' || !/\{\d/.test(await page.locator('body').innerText()))
		// Firefox writes what is typed to the disk where a field does not say so: see kept.mjs.
		holds(`${where}: no field is kept by the browser`, await page.locator(kept).count() === 0)
		holds(`${where}: under 30 KB`, (await answer.body()).length < 30 * 1024)
	}
	await look('/login')
	await context.addCookies(Object.entries(session.cookies).map(([name, value]) => ({ name, value, url: office.address })))
	for (const path of paths) await look(path)
	await context.close()
}
await browser.close()
session.done()
await office.close()
finish(`axe on ${paths.length + 1} pages in three languages`)
