// What people do with the screens, in Debian's Chromium: with and without
// JavaScript, by keyboard alone, in each language, on two sessions.
//
//	PROGRAM=build/ihala node tests/web/journeys.mjs
import { readFileSync } from 'node:fs'
import { launch } from '../npm/browser.mjs'
import { Office, finish, holds, passphrase, person } from './office.mjs'
import * as people from './people.mjs'

const office = await Office.open({ roles: ['screener', 'supervisor'], cases: false })
const browser = await launch()
const newPage = (options) => people.newPage(browser, options)
const at = (path) => people.at(office, path)
const logIn = (one, user = 'screener', word = passphrase) => people.logIn(one, office, user, word)
const begin = (one, language) => people.begin(one, office, language)
// One question: the first choice, or what is typed; does not know else.
const answer = async (page, typed) => {
	const form = page.locator('form.question')
	if (await form.count() === 0) return false
	const choice = form.locator('input[name=value]').first(), text = form.locator('textarea[name=text], input[name=text]').first()
	const item = (await form.getAttribute('action')).split('/').pop()
	if (await choice.count() > 0) await choice.check()
	else if (['text', 'textarea'].includes(await text.evaluate((one) => one.type)) && (await text.getAttribute('inputmode')) !== 'numeric') await text.fill(typed)
	else { await form.locator('button[value=unknown]').click(); return item }
	await form.locator('button:not(.second)').first().click()
	if (await page.locator('#failure').count() > 0) await page.locator('form.question button[value=unknown]').click()
	return item
}

// ---- logging in
{
	const page = await newPage()
	await page.goto(at('/case'))
	holds('whoever is not logged in is asked to', page.url() === at('/login'))
	await logIn(page, 'supervisor', 'a wrong passphrase')
	holds('a wrong passphrase is said aloud', await page.locator('[role=alert]').count() === 1)
	holds('and what is read out has the focus', await page.evaluate(() => document.activeElement.id) === 'failure')
	holds('nothing typed is shown again', await page.inputValue('#f-user') === '' && await page.inputValue('#f-passphrase') === '')
	await logIn(page, 'supervisor')
	holds('the right one leads to the work', page.url() === at('/work'), page.url())
	for (const [language, dir] of [['ar', 'rtl'], ['fr', 'ltr'], ['en', 'ltr']]) {
		await page.click(`form.languages [value=${language}]`)
		holds(`on each page it goes on in ${language}`, await page.getAttribute('html', 'lang') === language && await page.getAttribute('html', 'dir') === dir && page.url() === at('/work'))
	}
	await page.click('form[action="/logout"] button')
	await page.goBack()
	holds('after logging out Back shows nothing', page.url() === at('/login') || (await page.locator('form.login').count()) === 1, page.url())
}

// ---- leaving now
for (const how of ['the button', 'Escape three times']) {
	const page = await newPage()
	await logIn(page)
	await page.goto(at('/interview'))
	if (how === 'the button') await page.click('#leave')
	else for (let i = 0; i < 3; i++) await page.keyboard.press('Escape')
	await page.waitForURL(at('/leave'))
	holds(`${how}: a page that says nothing`, await page.locator('a, button, form').count() === 0)
	await page.goBack()
	holds(`${how}: Back does not bring it back`, await page.locator('form.begin').count() === 0)
	await page.goto(at('/interview'))
	holds(`${how}: the session is over`, await page.locator('form.login').count() === 1)
}

// ---- a whole interview in each language, stopped and taken up again on another session; without JavaScript in one
for (const [language, script] of [['ar', true], ['fr', false], ['en', true]]) {
	const options = { locale: language, javaScriptEnabled: script, viewport: { width: 360, height: 740 } }
	let page = await newPage(options), answered = 0
	await logIn(page)
	const draft = await begin(page, language)
	while (answered < 5 && await answer(page, person)) answered++
	await page.click('nav.steps a[href="/interview"]')
	page = await newPage(options)
	await logIn(page)
	await page.goto(at('/interview'))
	holds(`${language}: a stopped interview is in the list`, await page.locator(`a[href="/interview/${draft}"]`).count() > 0)
	await page.click(`a[href="/interview/${draft}"]`)
	const seen = new Set()
	for (let item; answered < 90 && (item = await answer(page, person)); answered++) {
		holds(`${language}: no question comes twice`, !seen.has(item), item)
		seen.add(item)
		holds(`${language}: no address or title holds who it is`, !page.url().includes('Personne') && !(await page.title()).includes('Personne'))
	}
	await page.goto(at(`/interview/${draft}/review`))
	holds(`${language}: what was typed is there to be read again`, (await page.content()).includes(person), answered)
	await page.goto(at(`/interview/${draft}/now`))
	holds(`${language}: what to do now is told`, (await page.locator('main').innerText()).length > 50)
	await page.goto(at(`/interview/${draft}/review`))
	await page.locator(`form[action="/interview/${draft}/finish"] button`).first().click()
	holds(`${language}: it becomes a case`, /\/interview\/[0-9A-Z-]+\/done$/.test(page.url()), `${page.url()} ${answered} ${await page.locator('#failure').allInnerTexts()}`)
}

// ---- by keyboard alone
{
	const page = await newPage()
	await page.goto(at('/login'))
	const reach = async (selector) => {
		for (let i = 0; i < 60; i++) {
			await page.keyboard.press('Tab')
			if (await page.evaluate((one) => document.activeElement.matches(one), selector)) return true
		}
		return false
	}
	holds('the first stop leads to the content', await reach('.skip'))
	holds('the name is reached', await reach('#f-user'))
	await page.keyboard.type('screener')
	await page.keyboard.press('Tab')
	await page.keyboard.type(passphrase)
	await page.keyboard.press('Enter')
	await page.waitForURL(at('/work'))
	holds('the interviews are reached', await reach('nav a[href="/interview"]'))
	await page.keyboard.press('Enter')
	await page.waitForURL(at('/interview'))
	holds('an instrument is chosen', await reach('[name=instrument]'))
	await page.keyboard.press('Space')
	holds('and begun', await reach('form.begin button'))
	await page.keyboard.press('Enter')
	await page.waitForURL(/\/interview\/[0-9A-Z-]+$/)
	holds('an answer is chosen', await reach('form.question input[name=value]'))
	await page.keyboard.press('Space')
	holds('focus is seen', await page.evaluate(() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle !== 'none' || s.boxShadow !== 'none' }))
	holds('and saved', await reach('form.question > button'))
	const before = await page.locator('h1').innerText()
	await page.keyboard.press('Enter')
	holds('the next question comes', await page.waitForFunction(
	    (was) => document.querySelector('h1')?.innerText !== was, before)
	    .then(() => true, () => false))
}

// ---- what is strange comes back equal, or is refused
{
	const strange = JSON.parse(readFileSync('tests/web/strange.json', 'utf8')).map((one) => typeof one === 'string' ? one : one.text.repeat(one.times))
	const one = await office.enter('screener')
	const led = await one.send('/interview', { instrument: 'adult', channel: 'ngo', language: 'fr' }, await one.get('/interview'))
	const path = `${led.location}/item/name`
	const plain = (html) => html.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(code)).replace(/&amp;/g, '&')
	let equal = 0, refused = 0
	for (const text of strange) {
		const page = await one.get(path)
		const sent = await one.send(path, { text }, page)
		if (sent.status === 303) {
			const shown = plain((await one.get(`${led.location}/review`)).text) + plain((await one.get(path)).text)
			// but for the blanks around it
			holds('what is taken comes back equal', shown.includes(text.trim()), JSON.stringify(text.slice(0, 40)))
			equal++
		} else {
			holds('what is not is refused with a page', [413, 422].includes(sent.status), `${sent.status} ${JSON.stringify(text.slice(0, 40))}`)
			refused++
		}
	}
	holds('some of both', equal > 20 && refused > 5, `${equal} equal, ${refused} refused`)
	one.done()
}
// ---- what was ticked in a form that is refused is ticked still
{
	const one = await office.enter('supervisor')
	const refused = await one.send('/provider', { id: 'exemple', service: 'shelter', 'female-only': 'yes' }, await one.get('/provider/new'))
	const ticked = (id) => /\schecked/.test(refused.text.match(new RegExp(`<input[^>]*id="${id}"[^>]*>`))?.[0])
	holds('a provider without a name is refused', refused.status === 422, refused.status)
	holds('what was ticked is, and nothing else', ticked('s-shelter') && ticked('f-female-only') && !ticked('s-medical'))
	one.done()
}
holds('no log holds who it is', !office.log.includes('Personne') && !/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]/.test(office.log), office.log)
await browser.close()
await office.close()
finish('what people do with the screens')
