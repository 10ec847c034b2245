// node tests/web/axe_case.mjs ADDRESS USER PASSPHRASE NAME code=CODE ...: each
// page of pages_case.txt, with CODE for {code} and so on, as USER sees it in each
// language, on a narrow and on a wide screen: no fault that axe knows, less than
// 30 KB, nothing wider than the screen, and NAME nowhere in it.  Then NAME is
// asked for, and is there.  Says how many; 1 where something is wrong.
import { readFileSync } from 'node:fs'
import { launch, violations } from '../npm/browser.mjs'

const [address, user, passphrase, name, ...given] = process.argv.slice(2)
const codes = Object.fromEntries(given.map((one) => one.split('=')))
const paths = readFileSync('tests/web/pages_case.txt', 'utf8').trim()
	.split('\n').map((line) => line.replace(/\{([a-z]+)\}/, (_, of) => codes[of]))
const browser = await launch()
const page = await browser.newPage()
let count = 0, wrong = 0
const fault = (where, what) => {
	console.log(`${where}: ${what}`)
	wrong++
}
await page.goto(address)
await page.fill('[name=user]', user)
await page.fill('[name=passphrase]', passphrase)
await page.click('form.login button')
for (const lang of ['ar', 'fr', 'en']) {
	const button = await page.$(`button[name=language][value=${lang}]`)
	if (button) await button.click()
	for (const path of paths) {
		const where = `${lang} ${path}`
		const answer = await page.goto(new URL(path, address).href)
		const body = await answer.text()
		if (answer.status() !== 200) fault(where, answer.status())
		if (Buffer.byteLength(body) > 30 * 1024) fault(where, `${Buffer.byteLength(body)} bytes`)
		if (/\{\d/.test(body)) fault(where, 'a sentence waits for its number or name')
		if (body.includes(name)) fault(where, 'names the person')
		for (const width of [360, 1280]) {
			await page.setViewportSize({ width, height: 900 })
			const over = await page.evaluate(() =>
				document.documentElement.scrollWidth - document.documentElement.clientWidth)
			if (over > 0) fault(where, `${over} px beyond ${width}`)
		}
		for (const line of await violations(page)) fault(where, line)
		count++
	}
}
await page.goto(new URL(`/case/${codes.code}/names`, address).href)
await page.click(`form[action="/case/${codes.code}/names"] button`)
if (!(await page.content()).includes(name)) fault('names', 'asked for, and not there')
for (const line of await violations(page)) fault('names', line)
await page.goto(page.url())
if ((await page.content()).includes(name)) fault('names', 'there once more without being asked for')
await browser.close()
console.log(`${count + 1} pages, ${wrong} faults`)
process.exitCode = wrong > 0 ? 1 : 0
