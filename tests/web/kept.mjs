// What is typed into the screens is on no disk: Debian's Firefox keeps pages in its
// profile, to bring them back after a crash.
//
//	PROGRAM=build/ihala node tests/web/kept.mjs
import { Firefox } from '../npm/profile.mjs'
import { Office, finish, holds, passphrase } from './office.mjs'

const office = await Office.open({ roles: ['screener'], cases: false })
const firefox = await Firefox.launch()
const page = await firefox.browser.newPage()
const go = (path) => page.goto(new URL(path, office.address).href)
const press = (button) => Promise.all([page.waitForNavigation(), page.click(button)])

await go('/login')
await page.type('#f-user', 'screener')
await page.type('#f-passphrase', passphrase)
await press('form.login button')
await go('/interview')
await page.click('[name=instrument][value=adult]')
await page.select('select[name=language]', 'fr')
await page.select('select[name=channel]', 'ngo')
await press('form.begin button:not(.second)')
const code = page.url().split('/').pop()
await go(`/interview/${code}/item/name`)
const fields = await page.$$('textarea, input[name=text]')
holds('there is something to type into', fields.length > 0)
const typed = fields.map((_, i) => `zyxwvut471${i}`)
for (let i = 0; i < fields.length; i++) await fields[i].type(typed[i])
holds('the browser keeps the page, so that it was tried', await firefox.keepsPage(code))
for (const text of typed) {
	const files = firefox.holding(text)
	holds('what was typed is on no disk', files.length === 0, files.join(' '))
}
holds('nor is the passphrase', firefox.holding(passphrase).length === 0)
await firefox.browser.close()
firefox.forget()
await office.close()
finish('kept')
