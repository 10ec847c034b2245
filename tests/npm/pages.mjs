// node tests/npm/pages.mjs FOLDER: each page of it (*.html) opened by Chromium
// and held to axe, and that it asks for nothing else; one of two languages
// (its name has a comma) as printed, the others as on a screen.
// Says how many; 1 where something is wrong.
import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { launch, violations } from './browser.mjs'

const folder = process.argv[2]
const names = readdirSync(folder).filter((name) => name.endsWith('.html')).sort()
const browser = await launch()
const page = await browser.newPage()
let wrong = 0
const fault = (name, what) => {
	console.log(`${name}: ${what}`)
	wrong++
}
let own = ''
page.on('request', (request) => {
	if (request.url() !== own) fault(own, `asks for ${request.url()}`)
})
for (const name of names) {
	own = pathToFileURL(resolve(folder, name)).href
	await page.goto(own)
	await page.emulateMedia({ media: name.includes(',') ? 'print' : 'screen' })
	for (const line of await violations(page)) fault(name, line)
}
await browser.close()
console.log(`${names.length} pages, ${wrong} faults`)
process.exit(wrong === 0 && names.length > 0 ? 0 : 1)
