// What people do with the screens, for the tests that look on.
import { readFileSync } from 'node:fs'
import { passphrase } from './office.mjs'

export const at = (office, path) => new URL(path, office.address).href

export async function newPage(browser, options = {}) {
	const page = await (await browser.newContext({ locale: 'en', ...options })).newPage()
	page.setDefaultTimeout(15000)
	return page
}

export async function logIn(page, office, user, word = passphrase) {
	await page.goto(at(office, '/login'))
	await page.fill('#f-user', user)
	await page.fill('#f-passphrase', word)
	await page.click('form.login button')
}

// An interview in LANGUAGE; its code.
export async function begin(page, office, language, instrument = 'adult') {
	await page.goto(at(office, '/interview'))
	await page.check(`[name=instrument][value=${instrument}]`)
	await page.selectOption('select[name=language]', language)
	await page.selectOption('select[name=channel]', 'ngo')
	await page.click('form.begin button:not(.second)')
	return page.url().split('/').pop()
}

// What is answered in FILE of xml/example: codes or texts, by question.
export function answersOf(file) {
	const xml = readFileSync(file, 'utf8'), answers = {}
	for (const [, item, inner] of xml.matchAll(/<answer item="([^"]*)"[^>]*>(.*?)<\/answer>/g))
		answers[item] = [...inner.matchAll(/<value>([^<]*)<\/value>/g)].map(([, value]) => value)
	return answers
}

// The question that PAGE asks, as ANSWERS has it, or else not known; which it
// was, '' where none is asked.
export async function answer(page, answers) {
	const form = page.locator('form.question')
	if (await form.count() === 0) return ''
	const item = (await form.getAttribute('action')).split('/').pop()
	const values = answers[item]
	const typed = form.locator('#answer')
	if (!values) {
		await form.locator('button[value=unknown]').click()
		return item
	}
	if (await typed.count() > 0) await typed.fill(values[0])
	else for (const value of values) await form.locator(`#v-${value}`).check()
	await form.locator('button:not(.second)').first().click()
	return item
}

// The file that a click on BUTTON gives, kept as FILE; why there is none.
export async function download(page, button, file) {
	const [given] = await Promise.all([
		page.waitForEvent('download', { timeout: 10000 }).catch(() => null), button.click()])
	if (!given) throw new Error(`no file: ${await page.locator('#failure').allInnerTexts()}`)
	await given.saveAs(file)
	return given.suggestedFilename()
}
