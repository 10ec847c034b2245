/*
 * desk.h - what a user does in a browser, done by the commands.
 *
 * A desk is the process of one session (server.h): it opens the registry with
 * the passphrase of the log-in, then takes one request after another.  What a
 * screen shows is what its commands print, as one `page`:
 *
 *	<page xmlns="urn:ihala:page:1" screen="case" tongue="ar-MA" lang="ar"
 *	    dir="rtl" country="MA" user="..." training="true" path="/case/..."
 *	    token="..." once="..." refused="/case/.../hold">
 *	  <may action="open" reach="office"/> ...
 *	  <link screen="work" group="main" path="/work"/> ...
 *	  <field name="code">...</field> ...	what was asked for
 *	  <typed name="reason">...</typed> ...	what was sent and is refused
 *	  <failure kind="state" code="E_..."><text/><place/></failure>
 *	  <said><line/></said>			what the last act said
 *	  <done/>		what it printed: XML, or <lines>
 *	  <data name="clocks">	what a command of the screen said and
 *	    <said/>		printed: XML, or <lines>
 *	    <printed/>
 *	  </data> ...
 *	</page>
 *
 * and xslt/screen.xsl makes the page of that.
 */
#ifndef IHALA_CLI_DESK_H
#define IHALA_CLI_DESK_H

#include "command.h"
#include "ihala/screens.h"
#include "ihala/server.h"
#include "painter.h"

/* What all desks share: loaded before the first starts. */
struct desks {
	const struct request *started; /* by the command line: the registry */
	struct ih_screens *screens;
	struct painter *painter;
	/* Each desk has its own after the fork, in memory that all share as
	 * long as they do not write to it. */
	struct ih_library *library;        /* the installed data */
	struct interviewing *interviewing; /* prepared of these */
	char country[3]; /* whose words are used; "": nobody's */
};

/* The life of a desk; WITH is a struct desks. */
ih_desk_work desk_work;

/* The page of a notice, for ih_server. */
struct ih_buffer *desk_notice(struct desks *desks, enum ih_notice notice,
    enum ih_lang lang, struct ih_error *err);

#endif
