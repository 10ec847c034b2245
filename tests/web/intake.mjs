// What was held elsewhere, on the screens: the offline page asks and seals
// without a network, its file is put in, held to a second entry, and confirmed
// or refused.
//
//	PROGRAM=build/ihala node tests/web/intake.mjs
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { launch } from '../npm/browser.mjs'
import { Office, finish, holds } from './office.mjs'
import { at, download, logIn, newPage } from './people.mjs'

const office = await Office.open({ roles: ['screener', 'supervisor', 'committee'], cases: false })
const browser = await launch()

// An interview that is stopped after COUNT questions, each with its first
// answer, or its last: the file that the page seals.
const held = async (name, count, last = false) => {
	const page = await newPage(browser, { offline: true, acceptDownloads: true })
	await page.goto(pathToFileURL(offline).href)
	await page.waitForFunction(() => document.title !== '·')
	await page.click('#next')
	await page.check('input[value=ngo]')
	await page.click('#next')
	await page.fill('textarea', 'fr')
	for (let i = 0; i < count; i++) {
		await page.click('#next')
		const choices = page.locator('#here input')
		await (last ? choices.last() : choices.first()).check()
	}
	await page.click('#stop')
	await page.locator('#save').focus()
	const file = join(office.folder, name)
	await download(page, page.locator('#save'), file)
	await page.context().close()
	return file
}
const offline = join(office.folder, 'rapid.html')
office.as(office.first, 'instrument', 'page', 'rapid', '-o', offline)

for (const [language, script] of [['ar', true], ['fr', false], ['en', true]]) {
	const where = `${language}${script ? '' : ', without JavaScript'}`
	const options = { locale: language, javaScriptEnabled: script, viewport: { width: 360, height: 740 } }
	const is = (sentence, so, what) => holds(`${where}: ${sentence}`, so, what)
	const enter = async (user) => {
		const page = await newPage(browser, options)
		await logIn(page, office, user)
		return page
	}
	const failure = async (page) => (await page.locator('#failure').allInnerTexts()).join(' ')
	const put = async (page, file) => {
		await page.goto(at(office, '/intake'))
		await page.selectOption('[name=way]', 'page')
		await page.setInputFiles('#f-file', file)
		await page.click('form[action="/intake"] button')
	}
	const waiting = (page) => page.locator('tbody td:first-child a')
	const first = await held(`${language}-1.p7m`, 3), other = await held(`${language}-2.p7m`, 3, true)

	// ---- put in by whoever has the key of the office, seen by who takes requests
	const anna = await enter('screener'), dina = await enter('committee')
	await anna.click('nav a[href="/intake"]')
	is('nothing waits', await waiting(anna).count() === 0)
	await put(anna, first)
	is('what is sealed is opened by who has the key', /E_NOT_HELD/.test(await failure(anna)), await failure(anna))
	await put(dina, first)
	is('it is taken in', await waiting(dina).count() === 1, await failure(dina))
	const code = (await waiting(dina).getAttribute('href')).split('/').pop()
	await put(dina, first)
	is('once', /E_INTAKE_SAME/.test(await failure(dina)), await failure(dina))
	await put(dina, offline)
	is('what is no interview is refused with a page', await dina.locator('#failure').count() === 1)
	await anna.goto(at(office, '/intake'))
	is('it is in the list', await waiting(anna).count() === 1)
	await anna.goto(at(office, `/intake/${code}`))
	is('who holds interviews does not vouch for it', await anna.locator('form[action$="/confirm"]').count() === 0)

	// ---- looked at, compared, confirmed
	const berta = await enter('committee')
	await berta.goto(at(office, `/request/${code}`))
	await berta.click(`a[href="/intake/${code}"]`)
	const looks = () => office.as(office.first, 'ledger', 'list', code, '--format', 'xml').match(/act="read"/g)?.length ?? 0
	const before = looks()
	await berta.reload()
	is('one look is one entry in the ledger', looks() === before + 1, `${before} ${looks()}`)
	is('by which way it came is shown', await berta.locator('dl.known div').count() >= 4)
	is('and what the answers support', (await berta.locator('.explained').textContent()).length > 100)
	const compare = async (file) => {
		await berta.setInputFiles('#f-file', file)
		await berta.click('form[action$="/compare"] button')
	}
	await compare(other)
	is('what differs is named', /E_INTAKE_DIFFERS/.test(await failure(berta)) && await berta.locator('main h2 + ul li').count() >= 1, await failure(berta))
	await compare(first)
	is('the same is said to be alike', (await berta.locator('[role=status]').innerText()).includes(code), await failure(berta))
	await berta.click('form[action$="/confirm"] button')
	is('confirmed it is a case', /\/case\/[0-9A-Z-]+$/.test(berta.url()) && await berta.locator('#failure').count() === 0, `${berta.url()} ${await failure(berta)}`)
	await berta.goto(at(office, '/intake'))
	is('and waits no more', await waiting(berta).count() === 0)

	// ---- refused, for a reason
	await put(dina, other)
	await berta.goto(at(office, '/intake'))
	await waiting(berta).click()
	const refused = berta.url().split('/').pop()
	await berta.fill('[name=reason]', 'Ex.')
	await berta.click('form[action$="/refuse"] button')
	is('not without a reason', /E_REASON/.test(await failure(berta)))
	is('what was typed is there', await berta.inputValue('[name=reason]') === 'Ex.')
	await berta.fill('[name=reason]', 'Exemple : la feuille est illisible.')
	await berta.click('form[action$="/refuse"] button')
	is('refused it waits no more', berta.url() === at(office, '/intake') && await waiting(berta).count() === 0, await failure(berta))
	await berta.goto(at(office, `/intake/${refused}`))
	is('and cannot be confirmed', await berta.locator('form[action$="/confirm"]').count() === 0)
	await berta.goto(at(office, `/request/${refused}`))
	is('nor is there a case', await berta.locator('#failure').count() === 0 && await berta.locator('main a[href^="/case/"]').count() === 0)
	for (const page of [anna, dina, berta]) await page.context().close()
}
await browser.close()
await office.close()
finish('what was held elsewhere')
