// One headless Chromium, Debian's, for the tests of pages, and axe on a page.
//
//	import { launch, violations } from './browser.mjs'
//	const browser = await launch()
//	const page = await browser.newPage()
//	await page.goto(address)
//	for (const line of await violations(page)) console.log(line)
//	await browser.close()
//
// `make npm` installs what it imports; NPM names another folder than build/npm.
import { createRequire } from 'node:module'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

const installed = createRequire(resolve(process.env.NPM || 'build/npm', 'package.json'))
const { chromium } = installed('playwright-core')
const axe = installed('axe-core').source

const program = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync)

// OPTIONS: those of Playwright's launch.  Root has no sandbox of its own.
export async function launch(options = {}) {
	if (!program) throw new Error("Debian's chromium is not installed")
	return chromium.launch({
		executablePath: program,
		chromiumSandbox: process.getuid() !== 0,
		...options,
	})
}

// What axe finds wrong on PAGE as it now stands, a line for each element: all
// its rules, of WCAG and of good practice, unless OPTIONS (axe.run) say fewer.
export async function violations(page, options = {}) {
	await page.evaluate(axe)
	const found = await page.evaluate((asked) => axe.run(document, asked),
		{ resultTypes: ['violations'], preload: false, ...options })
	if (found.passes.length === 0) throw new Error('axe looked at nothing')
	return found.violations.flatMap((rule) => rule.nodes.map((node) =>
		`${rule.id} (${rule.impact}): ${node.target.join(' ')}: ${rule.help}`))
}
