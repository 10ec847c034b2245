// From the first question to the file that another country opens: a screener
// holds an interview, a committee refers the case with a second officer, and
// what comes out is put in at the screens of another committee.  In each
// language, and without JavaScript in one.
//
//	PROGRAM=build/ihala node tests/web/referral.mjs
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launch } from '../npm/browser.mjs'
import { Office, finish, holds, person } from './office.mjs'
import { answer, answersOf, at, begin, download, logIn, newPage } from './people.mjs'

const checks = 12	// that src/exchange makes of each file

// A mechanism that asks for two who sign.
const data = mkdtempSync(join(tmpdir(), 'ihala-web-'))
for (const folder of ['xml', 'xslt']) cpSync(folder, join(data, folder), { recursive: true })
const mechanism = join(data, 'xml/mechanism/MA.xml')
writeFileSync(mechanism, readFileSync(mechanism, 'utf8').replace('purpose="referral" count="1"', 'purpose="referral" count="2"'))
process.on('exit', () => rmSync(data, { recursive: true }))

const roles = ['screener', 'case-worker', 'supervisor', 'committee']
const ma = await Office.open({ committee: 'MA', roles, cases: false, env: { IHALA_DATA: data } })
const tn = await Office.open({ committee: 'TN', roles, cases: false })
const officer = ma.officer('second', 'a second passphrase')
ma.believes(tn)
tn.believes(ma)
const browser = await launch()
const answers = answersOf('xml/example/36-rapid-signs-fr.xml')
answers.name = [person]

for (const [language, script] of [['ar', true], ['fr', false], ['en', true]]) {
	const where = `${language}${script ? '' : ', without JavaScript'}`
	const options = { locale: language, javaScriptEnabled: script, viewport: { width: 360, height: 740 }, acceptDownloads: true }
	const inLanguage = async (page) => holds(`${where}: the page is in it`, await page.getAttribute('html', 'lang') === language, page.url())
	const failure = async (page) => (await page.locator('#failure').allInnerTexts()).join(' ')
	const done = async (page, sentence, is) => holds(`${where}: ${sentence}`, is, `${page.url()} ${await failure(page)}`)

	// ---- the interview
	const anna = await newPage(browser, options)
	await logIn(anna, ma, 'screener')
	const draft = await begin(anna, ma, language, 'rapid')
	let asked = 0
	while (asked < 99 && await answer(anna, answers)) asked++
	await inLanguage(anna)
	await anna.goto(at(ma, `/interview/${draft}/review`))
	await anna.locator(`form[action="/interview/${draft}/finish"] button`).first().click()
	await done(anna, 'the interview becomes a case', /\/interview\/[0-9A-Z-]+\/done$/.test(anna.url()))
	const code = anna.url().split('/').at(-2)
	await done(anna, 'whom to call now comes before what was done', await anna.locator('main > .urgent:first-child a[href^="tel:"]').count() > 0)

	// ---- the referral: one prepares it, another seals it
	const sana = await newPage(browser, options)
	await logIn(sana, ma, 'supervisor')
	await sana.goto(at(ma, `/case/${code}`))
	await sana.selectOption('select[name=user]', 'case-worker')
	await sana.click(`form[action="/case/${code}/assign"] button`)
	await done(sana, 'it is given to a case worker', await sana.locator('#failure').count() === 0)
	const dina = await newPage(browser, options)
	await logIn(dina, ma, 'case-worker')
	await dina.goto(at(ma, '/case'))
	await dina.click(`a[href="/case/${code}"]`)
	await dina.click(`nav.parts a[href="/case/${code}/refer"]`)
	const choose = async () => {
		await dina.selectOption('select[name=to]', 'TN')
		await dina.click(`form[action="/case/${code}/refer"] button`)
	}
	await choose()
	await done(dina, 'what was not asked the person is asked first', /E_ASYLUM_UNKNOWN/.test(await failure(dina)))
	await dina.click(`main a[href="/case/${code}/consent"].button`)
	await dina.locator('form:has([name=flag][value=asylum])').locator('[name=raised][value=no]').click()
	await dina.click(`nav.parts a[href="/case/${code}/refer"]`)
	await choose()
	await done(dina, 'a recipient is chosen', dina.url() === at(ma, `/case/${code}/refer/TN`))
	const berta = await newPage(browser, options)
	await logIn(berta, ma, 'committee')
	await berta.goto(at(ma, `/case/${code}/refer`))
	await berta.click(`a[href="/case/${code}/refer/TN"]`)
	holds(`${where}: what leaves is shown to who asks`, !(await berta.content()).includes(person))
	await berta.click(`form[action="/case/${code}/refer/TN/show"] button`)
	await done(berta, 'what leaves is shown', (await berta.locator('.leaves').innerText()).includes(person))
	holds(`${where}: in words, each field with its name`, !/interpreter-neutral|through-service|ForcedLabour/.test(await berta.locator('.leaves').innerText()), await berta.locator('.leaves').innerText())
	await berta.click('details:has(.exact) summary')
	holds(`${where}: and to the letter`, (await berta.locator('.exact').innerText()).includes(`<value>${person}</value>`))
	await inLanguage(berta)
	const seal = berta.locator(`form[action="/case/${code}/refer/TN"]`)
	await seal.locator('button').click()
	await done(berta, 'one who signs is not enough', await berta.locator('#failure').count() === 1 && /E_SIGNERS/.test(await failure(berta)))
	await berta.setInputFiles('#f-key', officer.key)
	await berta.fill('#f-pin', officer.passphrase)
	const file = join(ma.folder, `${code}.p7m`)
	const name = await download(berta, seal.locator('button'), file)
	holds(`${where}: the name of the file tells nothing`, name === 'letter.asice.p7m', name)
	holds(`${where}: who it is, is sealed`, !readFileSync(file).includes(person))

	// ---- the other committee
	const carla = await newPage(browser, options)
	await logIn(carla, tn, 'committee')
	await carla.click('nav a[href="/letter"]')
	await carla.setInputFiles('#f-file', file)
	await carla.click('button[formaction="/letter/look"]')
	const passed = await carla.locator('.look .checks .is-passed').count()
	await done(carla, 'each check is shown', passed >= checks && await carla.locator('.look .checks li').count() === passed, passed)
	holds(`${where}: and who signed`, await carla.locator('.look dd', { hasText: /([0-9a-f]{4} ){15}/ }).count() === 2)
	await inLanguage(carla)
	await carla.setInputFiles('#f-file', file)
	await carla.click('form[action="/letter/receive"] button:not([formaction])')
	await done(carla, 'it is taken in', await carla.locator('[role=status]').count() === 1)
	const link = carla.locator('main td a[href^="/case/"]').first()
	const theirs = (await link.getAttribute('href')).split('/').pop()
	holds(`${where}: under a code of its own`, theirs !== code)
	await link.click()
	await carla.goto(at(tn, `/case/${theirs}/names`))
	await carla.click('main form button')
	await done(carla, 'who it is, is known there', (await carla.content()).includes(person))
	await carla.goto(at(tn, `/case/${theirs}/compare`))
	await done(carla, 'both results stand side by side', (await carla.locator('main').innerText()).length > 200)

	// ---- its receipt comes back
	await carla.goto(at(tn, '/letter'))
	const receipt = join(tn.folder, `${code}.p7m`)
	await download(carla, carla.locator('form[action="/letter/receipt"] button').first(), receipt)
	await berta.goto(at(ma, '/letter'))
	await berta.setInputFiles('#f-file', receipt)
	await berta.click('form[action="/letter/receive"] button:not([formaction])')
	await done(berta, 'the receipt is taken', await berta.locator('#failure').count() === 0)
	await berta.goto(at(ma, `/case/${code}/letters`))
	await done(berta, 'and the letter waits for no answer', await berta.locator('main tbody tr').count() === 2 && await berta.locator('.is-waiting').count() === 0)
	for (const page of [anna, sana, dina, berta, carla]) await page.context().close()
}
for (const office of [ma, tn])
	holds('no log holds who it is', !office.log.includes('Personne'), office.log)
await browser.close()
await ma.close()
await tn.close()
finish('from the first question to another country')
