/* The screens work without this.  Three times Escape leaves; what failed is
   read out first; a page that was left does not come back. */
"use strict";
(function () {
	var times = 0, last = 0;

	document.addEventListener("keydown", function (event) {
		var now = event.timeStamp;

		times = event.key === "Escape" ? (now - last < 2000 ? times + 1 : 1) : 0;
		last = now;
		var leave = document.getElementById("leave");
		if (times === 3 && leave)
			leave.click();
	});
	var failure = document.getElementById("failure");
	if (failure)
		failure.focus();
	document.addEventListener("submit", function (event) {
		var form = event.target;

		if (form.dataset.sent)
			event.preventDefault();
		form.dataset.sent = "yes";
	});
	/* From the cache of the browser: what was sent may be sent again. */
	window.addEventListener("pageshow", function (event) {
		if (event.persisted)
			location.reload();
	});
})();
