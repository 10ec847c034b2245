// node tests/npm/firefox.mjs FOLDER: the offline page (rapid.html) in Debian's
// Firefox, opened from the disk: stopped after the first questions and saved, in
// French; leaving leaves nothing.  Nothing that is typed is written to its
// profile, where it keeps pages to bring them back after a crash.  Says so; 1
// where something is wrong.
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { tmpdir } from 'node:os'
import { pathToFileURL } from 'node:url'
import { Firefox } from './profile.mjs'

const folder = resolve(process.argv[2]), downloads = mkdtempSync(join(tmpdir(), 'firefox-'))
const firefox = await Firefox.launch({
	'browser.download.folderList': 2, 'browser.download.dir': downloads, 'browser.download.useDownloadDir': true,
	'browser.helperApps.neverAsk.saveToDisk': 'application/octet-stream', 'network.proxy.type': 1, // nowhere
	'network.proxy.http': '127.0.0.1', 'network.proxy.http_port': 9, 'network.proxy.ssl': '127.0.0.1', 'network.proxy.ssl_port': 9,
})
const browser = firefox.browser
let wrong = 0
const fault = (what) => { console.log(`Firefox: ${what}`); wrong++ }
async function keepsNothing(file, typed, field) {
	const page = await browser.newPage()
	await page.goto(pathToFileURL(join(folder, file)).href)
	await page.waitForFunction(() => document.title !== '·')
	await field(page)
	await page.keyboard.type(typed)
	if (!await firefox.keepsPage(file)) fault(`${file}: it keeps no page, so that nothing was tried`)
	for (const path of firefox.holding(typed)) fault(`${file}: what was typed stands in ${path}`)
	await page.click('#leave')
	await page.waitForFunction(() => location.href === 'about:blank')
	await page.close()
}
await keepsNothing('rapid.html', 'zyxwvut4711', async (page) => {
	await page.click('#next')
	await page.click('input[value=border]')
	await page.click('#next')
	await page.focus('textarea')
})
await keepsNothing('ask.html', 'tsrqpon4712', (page) => page.focus('#about'))

const page = await browser.newPage()
await page.goto(pathToFileURL(join(folder, 'rapid.html')).href)
await page.waitForFunction(() => document.title !== '·')
if (!await page.evaluate(() => isSecureContext && canSeal())) fault('cannot seal')
await page.select('#tongue', '1')
if (await page.evaluate(() => document.documentElement.lang) !== 'fr') fault('the language does not change')
await page.click('#next')
await page.click('input[value=border]')
await page.click('#next')
await page.type('textarea', 'fr')
await page.click('#next')
await page.click('input[value=yes]')
await page.click('#next')
await page.click('input[value=no]')
await page.click('#next')
if (await page.evaluate(() => document.getElementById('help').hidden)) fault('danger is not told')
await page.click('#stop')
await page.click('#save')
await page.waitForFunction(() => !document.getElementById('done').hidden)
for (let i = 0; i < 100 && !readdirSync(downloads).some((name) => name.endsWith('.p7m')); i++) await new Promise((done) => setTimeout(done, 100))
const saved = readdirSync(downloads).find((name) => name.endsWith('.p7m'))
if (saved && existsSync(join(downloads, saved))) renameSync(join(downloads, saved), join(folder, 'saved-firefox.p7m'))
else fault('nothing was saved')
await page.click('#leave')
await page.waitForFunction(() => location.href === 'about:blank')
await browser.close()
for (const typed of ['zyxwvut4711', 'tsrqpon4712']) for (const path of firefox.holding(typed)) fault(`what was typed is left in ${path}`)
firefox.forget()
rmSync(downloads, { recursive: true })
console.log(`Firefox: ${wrong} faults`)
process.exit(wrong === 0 ? 0 : 1)
