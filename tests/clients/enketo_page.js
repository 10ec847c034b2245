// Inside Chromium: a form that Enketo's two parts load, and how it is filled in.
import { Form } from 'enketo-core/src/js/form'
import { transform } from 'enketo-transformer/web'

let form, made

// What is wrong with it, if anything, and in which languages it is.
window.load = async (xform) => {
	made = await transform({ xform })
	return { languages: made.languageMap }
}

// A blank one; what is said against it.
window.begin = (language) => {
	document.body.innerHTML = made.form
	form = new Form(document.querySelector('form.or'), { modelStr: made.model }, { language })
	return form.init()
}

const inputs = (path) => [...document.querySelectorAll(`[name="${path}"], [data-name="${path}"]`)]
	.filter((one) => one.matches('input, select, textarea') && !one.closest('.itemset-template'))
const isAsked = (path) => inputs(path)[0].closest('.disabled') === null

function say(path, values) {
	for (const input of inputs(path)) {
		const list = /^(radio|checkbox)$/.test(input.type), chosen = values.includes(input.value)
		if (list ? input.checked === chosen : input.value === (values[0] ?? '')) continue
		if (list) input.checked = chosen
		else input.value = values[0] ?? ''
		input.dispatchEvent(new Event('change', { bubbles: true }))
	}
}

function answer({ list }, path, said) {
	const state = said.state ? [`_${said.state}`] : []
	if (list) return say(path, said.values ?? state)
	if (said.values) return say(path, said.values)
	return say(`${path}_why`, state)
}

// The interview as Enketo hands it in: ASKS is what it asked, in turn.
window.hold = async (items, said, about) => {
	const asks = []
	for (const [path, value] of Object.entries(about)) say(path, [value])
	for (const item of items) {
		const path = `/data/${item.place}/${item.id}`
		if (!isAsked(path)) continue
		asks.push(item.id)
		if (said[item.id]) answer(item, path, said[item.id])
	}
	return { asks, valid: await form.validate(), xml: form.getDataStr({ irrelevant: false }) }
}

// Does it take VALUE for what PATH asks?
window.takes = async (path, value) => {
	say(path, [value])
	return (await form.validateInput(inputs(path)[0])).constraintValid !== false
}

// How a person sees it.
window.seen = () => ({
	direction: getComputedStyle(form.view.html).direction,
	title: document.querySelector('.question:not(.disabled) .question-label.active')?.textContent.trim(),
	blank: [...document.querySelectorAll('.question-label.active, .option-label.active')].filter((one) => one.textContent.trim() === '' || one.textContent.trim() === '-').length,
})
