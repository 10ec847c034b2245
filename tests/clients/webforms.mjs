// node tests/clients/webforms.mjs FOLDER ASKED INSTRUMENT: the XForm
// FOLDER/INSTRUMENT.xml in ODK Web Forms, in Chromium.  It loads without a word
// against it, and asks nothing of the network; a whole interview is clicked
// through in each language, and what is sent has each answer that was given, no
// other, and asks what our engine asks.  Each is left as
// FOLDER/INSTRUMENT.webforms-TONGUE.xml, a picture of the Arabic one as
// INSTRUMENT.webforms.png.
//
// Web Forms does not write from right to left (getodk/web-forms#480): what
// holds the form says the direction, as a host has to.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { folder } from './bundle.mjs'

process.env.NPM ||= folder
const { launch } = await import('../npm/browser.mjs')
const [, , to, asked, id] = process.argv
const file = (name) => resolve(to, name)
const PAGE = `<!doctype html><meta charset="utf-8"><div id="app"></div>
<script type="importmap">{"imports": {"vue": "/vue/dist/vue.esm-browser.prod.js", "@getodk/web-forms": "/@getodk/web-forms/dist/index.js"}}</script>
<script>window.process = { env: {} }</script>
<script type="module">
import { createApp, h } from 'vue'
import { OdkWebForm, webFormsPlugin } from '@getodk/web-forms'
const formXml = await (await fetch('/form.xml')).text()
const fetchFormAttachment = () => Promise.reject(new Error('our forms have none'))
const onSubmit = async ({ status, data }) => { window.sent = { status, xml: await data[0].get('xml_submission_file').text() } }
createApp({ render: () => h(OdkWebForm, { formXml, fetchFormAttachment, onSubmit }) }).use(webFormsPlugin).mount('#app')
</script>`
const kinds = { js: 'text/javascript', xml: 'text/xml', ico: 'image/x-icon' }
const TEXT = 'نص <&> "مثال"'

let wrong = 0, questions = 0
const fault = (what) => { if (++wrong <= 10) console.log(`Web Forms, ${id}: ${what}`) }

// Only what is installed, and the form; a page of this machine may use WebCrypto.
async function serve(route) {
	const { host, pathname } = new URL(route.request().url())
	const path = pathname === '/form.xml' ? file(`${id}.xml`) : resolve(folder, 'node_modules', `.${pathname}`)
	if (host !== 'localhost') {
		fault(`it asks for ${host}`)
		return route.abort()
	}
	if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: PAGE })
	if (!existsSync(path)) return route.fulfill({ status: 404 })
	return route.fulfill({ contentType: kinds[path.split('.').pop()], body: readFileSync(path) })
}

const form = readFileSync(file(`${id}.xml`), 'utf8')
const { items } = JSON.parse(readFileSync(file(`${id}.said.json`)))
const plain = (text) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&').trim()
// The item that a question in TONGUE is about.
function questionsIn(tongue) {
	const [, texts] = new RegExp(`<translation lang="[^"]*\\(${tongue}\\)"[^>]*>(.*?)</translation>`, 's').exec(form)
	return new Map([...texts.matchAll(/<text id="[^"/:]+\/([^":]+)">\s*<value>([^<]*)</g)].map(([, name, text]) =>
		[plain(text), items.find((item) => item.id === name)]))
}

// What is asked next and was not yet, filled in: its answers, as a submission
// has them; undefined when there is none.
async function fillNext(page, done, asks) {
	const names = await page.locator('.question-container').evaluateAll((all) => all.map((one) => one.id))
	const name = names.find((one) => !done.has(one))
	if (!name) return undefined
	done.add(name)
	const one = page.locator(`[id="${name}"]`)
	const values = await one.locator('input[type=radio], input[type=checkbox]').evaluateAll((all) => all.map((input) => input.value))
	if (values.length > 0) {
		const whole = values.join() === 'yes,no' // was it stopped?
		const at = Math.max(values.indexOf(whole ? 'no' : 'yes'), 0)
		await one.locator('label.value-option').nth(at).click()
		return { value: values[at], why: values.every((value) => value.startsWith('_')) }
	}
	const field = one.locator('input, textarea').first(), role = await field.getAttribute('role')
	if (role === 'combobox') return { about: true } // the day, which is there
	const item = asks.get((await one.locator('label').first().innerText()).trim())
	const value = done.size <= 3 ? 'ber' : !item ? fault('it asks what we do not') ?? '' :
		item.type === 'number' ? String(item.least > 0 ? item.least : item.most < 25 ? item.most : 25) : item.type === 'date' ? '1998-05' : TEXT
	await field.focus() // from right to left its buttons lie over a number
	await page.keyboard.type(value)
	await page.keyboard.press('Tab')
	return { value }
}

const browser = await launch()
for (const tongue of ['ar', 'fr', 'en']) {
	const page = await browser.newPage({ viewport: { width: 1100, height: 900 } })
	page.on('pageerror', (error) => fault(`a script fails: ${error.message}`))
	await page.route('**/*', serve)
	await page.goto('http://localhost/')
	await page.locator('.odk-form, .form-error-dialog, details').first().waitFor()
	if (await page.locator('.question-container').count() === 0) fault(`does not load: ${await page.locator('#app').innerText()}`)
	await page.locator('.larger-screens .p-select').click()
	await page.getByRole('option', { name: `(${tongue})` }).click()
	await page.evaluate((tongue) => { document.documentElement.dir = tongue === 'ar' ? 'rtl' : 'ltr' }, tongue)
	if (tongue === 'ar') await page.screenshot({ path: file(`${id}.webforms.png`) })
	const done = new Set(), said = [], asks = questionsIn(tongue)
	for (let one; (one = await fillNext(page, done, asks));) said.push(one)
	if (tongue === 'ar') await page.screenshot({ path: file(`${id}.webforms-filled.png`), fullPage: true })
	await page.locator('button:has-text("Send"), .footer button').last().click()
	await page.waitForFunction(() => window.sent, undefined, { timeout: 10000 }).catch(async () =>
		fault(`${tongue}: it is not sent: ${(await page.locator('.validation-message:visible').allInnerTexts()).join('|')}`))
	const sent = await page.evaluate(() => window.sent)
	await page.close()
	if (!sent) continue
	if (sent.status !== 'ready') fault(`${tongue}: ${sent.status}`)
	writeFileSync(file(`${id}.webforms-${tongue}.xml`), sent.xml)

	// what was said, in turn, but for what is said of the interview
	const leaves = [...sent.xml.replace(/<_interview>.*?<\/_interview>|<(orx:)?meta>.*?<\/(orx:)?meta>/gs, '').matchAll(/>([^<>]+)<\//g)]
		.map(([, text]) => text.trim()).filter(Boolean)
	const meant = said.slice(3).map(({ value }) => value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;'))
	if (leaves.join('|') !== meant.join('|')) fault(`${tongue}: it sends ${leaves.join('|')}, and not ${meant.join('|')}`)
	const told = JSON.parse(execFileSync(asked, [id], { input: `odk ${file(`${id}.webforms-${tongue}.xml`)}\n` }))
	if (told.refused) fault(`${tongue}: our engine refuses it: ${told.refused}`)
	const shown = said.slice(3, -1).filter(({ why }) => !why).length
	if (told.asked?.length !== shown) fault(`${tongue}: ${shown} questions, ours are ${told.asked?.length}`)
	questions += shown
}
await browser.close()
console.log(`Web Forms, ${id}: 3 interviews, ${questions} questions asked, ${wrong} faults`)
process.exit(wrong === 0 ? 0 : 1)
