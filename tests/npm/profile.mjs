// Debian's Firefox with a profile of its own, which can be looked through: it keeps
// pages there, to bring them back after a crash.
import { createRequire } from 'node:module'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { tmpdir } from 'node:os'

const installed = createRequire(resolve(process.env.NPM || 'build/npm', 'package.json'))
const puppeteer = installed('puppeteer-core')
const waits = (time) => new Promise((done) => setTimeout(done, time))

export class Firefox {
	static async launch(preferences = {}) {
		const one = new Firefox()
		one.profile = mkdtempSync(join(tmpdir(), 'firefox-profile-'))
		one.browser = await puppeteer.launch({
			browser: 'firefox', executablePath: '/usr/bin/firefox-esr', headless: true, userDataDir: one.profile,
			extraPrefsFirefox: {
				'browser.sessionstore.interval': 500, 'browser.sessionstore.resume_from_crash': true, // as people have it, only sooner
				...preferences,
			},
		})
		return one
	}
	// The files of the profile in which TEXT stands.
	holding(text) {
		return readdirSync(this.profile, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
			.map((one) => join(one.parentPath ?? one.path, one.name)).filter((path) => {
				try { return [Buffer.from(text), Buffer.from(text, 'utf16le')].some((bytes) => readFileSync(path).includes(bytes)) } catch { return false }
			}).map((path) => path.slice(this.profile.length + 1))
	}
	// Does it keep a page of ADDRESS by now?  Some time is left for what was typed.
	async keepsPage(address) {
		const is = () => this.holding(address).some((path) => path.includes('sessionstore'))
		for (let i = 0; i < 40 && !is(); i++) await waits(250)
		await waits(2000)
		return is()
	}
	forget() {
		rmSync(this.profile, { recursive: true })
	}
}
