// node tests/clients/enketo.mjs FOLDER ASKED INSTRUMENT: the XForm
// FOLDER/INSTRUMENT.xml in Enketo, in Chromium.  It loads without a word against
// it in each language, and the interviews of FOLDER/INSTRUMENT.said.json
// (tests/npm/evaluators.mjs) ask the same questions there and mean the same to
// our engine as what the page wrote.  The last is left as
// FOLDER/INSTRUMENT.enketo.xml, a picture as INSTRUMENT.enketo.png.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { bundle, folder, style } from './bundle.mjs'

process.env.NPM ||= folder
const { launch } = await import('../npm/browser.mjs')
const [, , to, asked, id] = process.argv
const file = (name) => resolve(to, name)
const { items, interviews } = JSON.parse(readFileSync(file(`${id}.said.json`)))
const core = 'node_modules/enketo-core'
const script = await bundle(`import ${JSON.stringify(resolve('tests/clients/enketo_page.js'))}`, {
	'enketo/config': `${core}/config.js`, 'enketo/widgets': `${core}/src/js/widgets.js`, 'enketo/translator': `${core}/src/js/fake-translator.js`,
	'enketo/dialog': `${core}/src/js/fake-dialog.js`, 'enketo/file-manager': `${core}/src/js/file-manager.js`,
	'enketo/xpath-evaluator-binding': `${core}/src/js/xpath-evaluator-binding.js`, fs: '', path: '', events: '', libxslt: '' })

let wrong = 0
const fault = (what) => { if (++wrong <= 10) console.log(`Enketo, ${id}: ${what}`) }
const browser = await launch()
const page = await browser.newPage()
page.on('pageerror', (error) => fault(`a script fails: ${error.message}`))
await page.addScriptTag({ content: script })
await page.addStyleTag({ content: style(`${core}/src/sass/formhub/formhub.scss`) })

const { languages } = await page.evaluate((xml) => window.load(xml), readFileSync(file(`${id}.xml`), 'utf8'))
if (Object.keys(languages).length !== 3) fault(`languages: ${JSON.stringify(languages)}`)
const begin = async (language) => {
	for (const error of await page.evaluate((language) => window.begin(language), language)) fault(`${language}: ${error}`)
}
for (const language of ['fr', 'en', 'ar']) {
	await begin(language)
	const { direction, title, blank } = await page.evaluate(() => window.seen())
	if (direction !== (language === 'ar' ? 'rtl' : 'ltr')) fault(`${language}: it is written ${direction}`)
	if (!title || blank > 0) fault(`${language}: ${blank} words are missing`)
}
await page.setViewportSize({ width: 760, height: 900 })
await page.screenshot({ path: file(`${id}.enketo.png`) })

// ---- the same interviews
const number = items.find((item) => item.type === 'number')
const about = { '/data/_interview/date': '2026-11-21', '/data/_interview/channel': 'ngo', '/data/_interview/language': 'ar' }
const lines = []
for (const [n, { asks, said }] of interviews.entries()) {
	await begin(['ar', 'fr', 'en'][n % 3])
	const held = await page.evaluate(([items, said, about]) => window.hold(items, said, about), [items, said, about])
	if (JSON.stringify(held.asks) !== JSON.stringify(asks)) fault(`interview ${n} asks ${held.asks}, and not ${asks}`)
	if (!held.valid) fault(`interview ${n} is not taken`)
	if (asks.includes(number.id) && await page.evaluate((path) => window.takes(path, '999'), `/data/${number.place}/${number.id}`))
		fault(`interview ${n}: ${number.id} takes 999`)
	writeFileSync(file(`${id}/${n}.enketo.xml`), held.xml)
	writeFileSync(file(`${id}.enketo.xml`), held.xml)
	lines.push(`answers ${file(`${id}/${n}.page.xml`)}`, `odk ${file(`${id}/${n}.enketo.xml`)}`)
}
await browser.close()
const told = execFileSync(asked, [id], { input: lines.join('\n') + '\n', maxBuffer: 1 << 28 }).toString().trim().split('\n')
for (const n of interviews.keys())
	if (told[2 * n] !== told[2 * n + 1]) fault(`interview ${n} means another thing: ${told[2 * n + 1]}, and not ${told[2 * n]}`)
console.log(`Enketo, ${id}: ${interviews.length} interviews, ${interviews.flatMap(({ asks }) => asks).length} questions asked, ${wrong} faults`)
process.exit(wrong === 0 ? 0 : 1)
