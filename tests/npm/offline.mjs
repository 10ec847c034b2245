// node tests/npm/offline.mjs FOLDER: the offline page (rapid.html) and the page by
// which help is asked for (ask.html), opened from the disk by Chromium without a
// network.  A whole interview in each language with the keyboard alone; what was
// saved is left in FOLDER.  Says how many; 1 where something is wrong.
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { launch, violations } from './browser.mjs'

const folder = process.argv[2]
const browser = await launch()
const TONGUES = ['ar', 'fr', 'en']
let wrong = 0, looked = 0
const fault = (what) => { console.log(what); wrong++ }

async function open(name, { size = { width: 360, height: 740 }, before } = {}) {
	const context = await browser.newContext({ offline: true, acceptDownloads: true, viewport: size })
	const page = await context.newPage(), own = pathToFileURL(resolve(folder, name)).href
	page.on('request', (request) => { if (request.url() !== own && !request.url().startsWith('blob:')) fault(`${name} asks for ${request.url()}`) })
	page.on('pageerror', (error) => fault(`${name}: ${error.message}`))
	page.on('console', (line) => { if (line.type() === 'error') fault(`${name}: ${line.text()}`) })
	if (before) await page.addInitScript(before)
	await page.goto(own)
	await page.waitForFunction(() => document.title !== '·')
	return page
}
async function look(page, where) {
	looked++
	for (const line of await violations(page)) fault(`${where}: ${line}`)
}
const focused = (page) => page.evaluate(() => {
	const here = document.activeElement
	return here.matches('#here input, #here textarea, #about, #name') ? `${here.type} ${here.rows ?? 0}` : here.id
})
async function tabTo(page, what) {
	for (let i = 0; i < 40; i++) {
		const at = await focused(page)
		if (what(at)) return at
		await page.keyboard.press('Tab')
	}
	throw new Error('the keyboard does not get there')
}
const isField = (at) => /^(radio|checkbox|textarea) /.test(at)
async function save(page, button, name) {
	await tabTo(page, (at) => at === button)
	const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
	await file.saveAs(resolve(folder, name))
	return file.suggestedFilename()
}

// ---- a whole interview by keyboard, in each language
for (const [n, tongue] of TONGUES.entries()) {
	const page = await open('rapid.html', { size: n === 1 ? { width: 1280, height: 800 } : undefined })
	await page.focus('#tongue')
	for (let i = 0; i < n; i++) await page.keyboard.press('ArrowDown')
	if (await page.evaluate(() => document.documentElement.lang) !== tongue) fault(`${tongue}: the language does not change`)
	if (await page.evaluate(() => document.documentElement.dir) !== (tongue === 'ar' ? 'rtl' : 'ltr')) fault(`${tongue}: the direction is wrong`)
	await page.locator('h1').focus()
	for (let i = 0; i < 60 && await page.locator('#save').count() === 0; i++) {
		const kind = await page.evaluate(() => shown()[at].type), id = await page.evaluate(() => shown()[at].id)
		if (i < 3 || id === 'limits' || kind === 'number') await look(page, `${tongue}, ${id}`)
		const at = await tabTo(page, isField)
		if (kind === 'choice') {
			await page.keyboard.press('Space')
			if (id === 'safe-now') await page.keyboard.press('ArrowDown')
		} else if (kind === 'choices') await page.keyboard.press('Space')
		else if (kind === 'number') {
			await page.keyboard.type('٢٠٠') // out of its limits: told, and not taken
			await page.keyboard.press('Enter')
			if (await page.locator('#fault').isHidden()) fault(`${tongue}: ${id} takes 200`)
			await look(page, `${tongue}, a fault`)
			await page.keyboard.press('Control+A')
			await page.keyboard.type('٢٥')
		} else if (kind === 'code') await page.keyboard.type(tongue)
		else if (kind === 'text') await page.keyboard.type('Personne Exemple <&> "سين"')
		if (at === 'textarea 4') await tabTo(page, (now) => now === 'next')
		await page.keyboard.press('Enter')
	}
	if (await page.locator('#help').isHidden()) fault(`${tongue}: danger is not told`)
	await look(page, `${tongue}, review`)
	const name = await save(page, 'save', `saved-${tongue}.p7m`)
	if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9a-f]{8}\.p7m$/.test(name)) fault(`a name that tells something: ${name}`)
	// nothing stays, and nothing comes back
	const kept = await page.evaluate(async () => [localStorage.length, sessionStorage.length, document.cookie.length,
		(await indexedDB.databases()).length])
	if (kept.some(Boolean)) fault(`${tongue}: something is kept: ${kept}`)
	await page.reload()
	await page.waitForFunction(() => document.title !== '·')
	if (await page.evaluate(() => answers.size) !== 1) fault(`${tongue}: a reload brings answers back`)
	await page.locator('h1').focus()
	if (n === 0) await page.click('#leave')
	else for (let i = 0; i < 3; i++) await page.keyboard.press('Escape')
	await page.waitForURL('about:blank')
	await page.goBack().catch(() => {})
	if (await page.evaluate(() => document.body.innerText.trim()) !== '') fault(`${tongue}: Back brings the page back`)
	await page.context().close()
}

// ---- stopped before the end; an answer changed so that others are no longer asked
const page = await open('rapid.html')
await page.click('#next')
await page.check('input[value=border]')
await page.click('#next')
await page.fill('textarea', 'fr')
await page.click('#stop')
await page.locator('#save').focus()
await save(page, 'save', 'saved-stopped.p7m')
await page.context().close()

// ---- without WebCrypto it says so, and saves nothing unasked
const bare = await open('rapid.html', { before: () => Object.defineProperty(Crypto.prototype, 'subtle', { get: () => undefined }) })
await bare.click('#next')
await bare.check('input[value=ngo]')
await bare.click('#next')
await bare.fill('textarea', 'ar')
await bare.click('#stop')
await look(bare, 'without WebCrypto')
if (await bare.locator('#open').isHidden()) fault('without WebCrypto nothing is said')
const unasked = bare.waitForEvent('download', { timeout: 500 }).then(() => fault('saved in clear unasked'), () => {})
await bare.click('#save')
await unasked
await bare.check('#accept')
const [clear] = await Promise.all([bare.waitForEvent('download'), bare.click('#save')])
await clear.saveAs(resolve(folder, 'saved-clear.xml'))
await bare.context().close()

// ---- somebody asks for help
for (const [n, tongue] of TONGUES.entries()) {
	const ask = await open('ask.html', { size: n === 1 ? { width: 1280, height: 800 } : undefined })
	await ask.selectOption('#tongue', String(n))
	await look(ask, `ask, ${tongue}`)
	const text = await ask.evaluate(() => document.body.innerText + document.title)
	if (/traite|traffick|victim|اتجار|ضحية|exploit|استغلال|police|شرطة/i.test(text)) fault(`ask, ${tongue}: a word tells what it is for`)
	await ask.click('.first')
	if (await ask.locator('#fault').isHidden()) fault('ask: an empty message is taken')
	await look(ask, `ask, ${tongue}, a fault`)
	await ask.check('input[name=safe][value=no]')
	await ask.fill('#about', `Exemple ${tongue} : <la> "porte" & سين`)
	await ask.fill('#name', 'Personne Exemple')
	const [file] = await Promise.all([ask.waitForEvent('download'), ask.click('.first')])
	await file.saveAs(resolve(folder, `asked-${tongue}.p7m`))
	await ask.context().close()
}
await browser.close()
console.log(`${looked} looks by axe, ${wrong} faults`)
process.exit(wrong === 0 ? 0 : 1)
