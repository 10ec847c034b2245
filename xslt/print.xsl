<?xml version="1.0" encoding="UTF-8"?>
<!-- How a paper looks: block XML becomes one HTML page for the printer.  It
     needs nothing else: no script, no font, no picture.  Two tongues stand
     side by side, Arabic at the right. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:b="urn:ihala:block:1" exclude-result-prefixes="b">
  <xsl:import href="isolate.xsl"/>
  <xsl:output method="html" encoding="UTF-8" indent="no" doctype-system="about:legacy-compat"/>

  <xsl:variable name="first" select="(/b:doc/b:title/b:text[@dir = 'rtl'] | /b:doc/b:title[not(b:text[@dir = 'rtl'])]/b:text)[1]"/>
  <xsl:variable name="columns" select="count(/b:doc/b:title/b:text)"/>

  <xsl:template match="/b:doc">
    <html lang="{$first/@xml:lang}" dir="{$first/@dir}">
      <head>
        <title><xsl:value-of select="@title"/></title>
        <meta name="viewport" content="width=device-width"/>
        <meta name="referrer" content="no-referrer"/>
        <meta name="robots" content="noindex"/>
        <meta name="generator" content="{@sheet}"/>
        <style><xsl:call-template name="style"/></style>
      </head>
      <body class="in-{$columns}">
        <xsl:apply-templates select="b:watermark"/>
        <table class="sheet" role="presentation">
          <thead><tr><td><p class="running" aria-hidden="true"><bdi dir="ltr"><xsl:value-of select="@reference"/></bdi></p></td></tr></thead>
          <tbody><tr><td>
            <header class="head"><xsl:apply-templates select="b:head/b:line"/></header>
            <main>
              <h1 class="pair title">
                <xsl:if test="b:foot/b:proof/b:qr"><xsl:attribute name="class">pair title coded</xsl:attribute></xsl:if>
                <xsl:apply-templates select="b:title"/>
              </h1>
              <xsl:apply-templates select="b:foot/b:proof/b:qr"/>
              <xsl:apply-templates select="*[not(self::b:head or self::b:title or self::b:watermark or self::b:foot)]"/>
            </main>
          </td></tr></tbody>
          <tfoot><tr><td><xsl:apply-templates select="b:foot"/></td></tr></tfoot>
        </table>
      </body>
    </html>
  </xsl:template>

  <!-- ==== texts: the right-to-left one first, it stands at the right -->

  <xsl:template name="texts">
    <xsl:param name="as" select="'span'"/>
    <xsl:apply-templates select="b:text[@dir = 'rtl']"/>
    <xsl:apply-templates select="b:text[@dir != 'rtl']"/>
  </xsl:template>

  <xsl:template match="b:text">
    <span class="text" lang="{@xml:lang}" dir="{@dir}">
      <xsl:call-template name="isolated"><xsl:with-param name="text" select="string(.)"/></xsl:call-template>
    </span>
  </xsl:template>

  <xsl:template match="b:same">
    <bdi class="same"><xsl:value-of select="."/></bdi>
  </xsl:template>

  <!-- ==== blocks -->

  <xsl:template match="b:doc/b:title"><xsl:call-template name="texts"/></xsl:template>

  <!-- To be read once, and on paper faintly across each page. -->
  <xsl:template match="b:watermark">
    <aside class="watermark"><xsl:call-template name="texts"/></aside>
    <div class="faint" data-text="{b:text[1]}&#10;{b:text[2]}"></div>
  </xsl:template>

  <xsl:template match="b:head/b:line">
    <p class="pair"><xsl:call-template name="texts"/></p>
  </xsl:template>

  <xsl:template match="b:h">
    <h2 class="pair"><xsl:call-template name="texts"/></h2>
  </xsl:template>

  <xsl:template match="b:p">
    <p class="pair"><xsl:call-template name="texts"/></p>
  </xsl:template>

  <xsl:template match="b:note">
    <p class="pair note"><xsl:call-template name="texts"/></p>
  </xsl:template>

  <xsl:template match="b:alert">
    <div class="alert"><xsl:for-each select="b:line"><p class="pair"><xsl:call-template name="texts"/></p></xsl:for-each></div>
  </xsl:template>

  <xsl:template match="b:list">
    <ul><xsl:for-each select="b:item"><li class="pair"><xsl:call-template name="texts"/></li></xsl:for-each></ul>
  </xsl:template>

  <!-- A label at each edge, and between them what is the same for both or
       the value in each tongue. -->
  <xsl:template match="b:fields">
    <table class="fields"><tbody><xsl:apply-templates select="b:field"/></tbody></table>
  </xsl:template>

  <xsl:template match="b:field">
    <tr>
      <th scope="row"><xsl:apply-templates select="(b:label/b:text[@dir = 'rtl'] | b:label[not(b:text[@dir = 'rtl'])]/b:text)[1]"/></th>
      <xsl:choose>
        <xsl:when test="b:value/b:same">
          <td class="shared" colspan="{$columns}"><xsl:apply-templates select="b:value/b:same"/></td>
        </xsl:when>
        <xsl:otherwise>
          <xsl:for-each select="b:value/b:text[@dir = 'rtl']"><td class="{@dir}"><xsl:apply-templates select="."/></td></xsl:for-each>
          <xsl:for-each select="b:value/b:text[@dir != 'rtl']"><td class="{@dir}"><xsl:apply-templates select="."/></td></xsl:for-each>
        </xsl:otherwise>
      </xsl:choose>
      <xsl:if test="$columns = 2">
        <th class="other"><xsl:apply-templates select="b:label/b:text[@xml:lang != $first/@xml:lang][1]"/></th>
      </xsl:if>
    </tr>
  </xsl:template>

  <xsl:template match="b:table">
    <table class="grid">
      <thead><tr><xsl:for-each select="b:row[1]/b:cell"><th scope="col"><xsl:apply-templates select="."/></th></xsl:for-each></tr></thead>
      <tbody>
        <xsl:for-each select="b:row[position() != 1]">
          <tr><xsl:for-each select="b:cell"><td><xsl:apply-templates select="."/></td></xsl:for-each></tr>
        </xsl:for-each>
      </tbody>
    </table>
  </xsl:template>

  <xsl:template match="b:cell">
    <xsl:apply-templates select="b:same"/>
    <xsl:call-template name="texts"/>
  </xsl:template>

  <xsl:template match="b:sign">
    <div class="sign">
      <xsl:for-each select="b:place">
        <section>
          <xsl:for-each select="b:label"><h2 class="pair"><xsl:call-template name="texts"/></h2></xsl:for-each>
          <xsl:for-each select="b:line"><p class="pair line"><xsl:call-template name="texts"/></p></xsl:for-each>
          <div class="stamp"></div>
        </section>
      </xsl:for-each>
    </div>
  </xsl:template>

  <!-- Beside the title; the number that it holds stands in the foot. -->
  <xsl:template match="b:qr">
    <svg class="qr" viewBox="0 0 {@size} {@size}" aria-hidden="true"><path><xsl:attribute name="d">
      <xsl:for-each select="b:run"><xsl:value-of select="concat('M', @x, ' ', @y, 'h', @width, 'v1h-', @width, 'z')"/></xsl:for-each>
    </xsl:attribute></path></svg>
  </xsl:template>

  <xsl:template match="b:foot">
    <footer>
      <xsl:apply-templates select="b:p"/>
      <xsl:for-each select="b:digest">
        <p class="digest"><xsl:call-template name="texts"/><xsl:text> </xsl:text><bdi dir="ltr"><code><xsl:value-of select="b:value"/></code></bdi></p>
      </xsl:for-each>
      <xsl:for-each select="b:proof[@number]">
        <p class="digest"><xsl:call-template name="texts"/><xsl:text> </xsl:text><bdi dir="ltr"><code><xsl:value-of select="concat(@number, ' · ', @short)"/></code></bdi></p>
      </xsl:for-each>
    </footer>
  </xsl:template>

  <!-- ==== style: logical, so that one sheet serves both directions -->
  <xsl:template name="style">
@page { size: A4; margin: 14mm 15mm 14mm 15mm; }
:root { --ink: #1a1a1a; --faint: #5a5a5a; --rule: #8a8a8a; --wash: #f1f1ee; }
* { box-sizing: border-box; }
html { background: #e9e9e6; }
body { margin: 0 auto; max-inline-size: 210mm; padding: 12mm 15mm; background: #fff; color: var(--ink);
  font: 10.5pt/1.45 "Noto Serif", "Liberation Serif", "Times New Roman", serif; }
[lang|=ar] { font-family: "Noto Naskh Arabic", "Amiri", "Arabic Typesetting", "Noto Sans Arabic", serif; font-size: 1.08em; line-height: 1.65; }
bdi { unicode-bidi: isolate; }
p, ul, h1, h2, table { margin-block: 0 2.2mm; }
.sheet { inline-size: 100%; border-collapse: collapse; }
.sheet > * > tr > td { padding: 0; }
.running { text-align: end; color: var(--faint); font-size: 8.5pt; margin: 0 0 2mm; }
.pair { display: grid; grid-template-columns: 1fr; column-gap: 9mm; }
.in-2 .pair { grid-template-columns: 1fr 1fr; }
.pair > .text { text-align: start; } .pair > .text:only-child { grid-column: 1 / -1; }
.head { border-block-end: .6pt solid var(--ink); padding-block-end: 3mm; margin-block-end: 5mm; }
.head p { margin: 0; } .head .text { text-align: center; } .head p:first-child .text { font-weight: 700; }
.title { font-size: 16pt; font-weight: 700; margin-block: 0 4mm; } .title .text { text-align: center; }
h2 { font-size: 11.5pt; font-weight: 700; margin-block: 5mm 1.5mm; padding-block-end: .8mm; border-block-end: .6pt solid var(--rule); break-after: avoid; }
ul { list-style: none; padding: 0; } li { margin-block-end: 1mm; break-inside: avoid; }
li .text::before { content: "– "; }
.note { border-inline: 2.2pt solid var(--ink); padding: 1.5mm 3mm; background: var(--wash); font-weight: 700; break-inside: avoid; }
.alert { border: 1.6pt solid var(--ink); padding: 2mm 3mm; margin-block-end: 3mm; break-inside: avoid; }
.alert p { margin: 0; font-weight: 700; } .alert p:first-child { font-size: 13pt; }
.fields { inline-size: 100%; border-collapse: collapse; table-layout: fixed; }
.fields tr { break-inside: avoid; }
.fields th, .fields td { padding: .9mm 1.5mm; border-block-end: .4pt solid #cfcfca; vertical-align: top; font-weight: 400; }
.fields th { inline-size: 17%; color: var(--faint); text-align: start; font-weight: 400; }
.fields th.other { text-align: end; } .fields .other .text { display: block; }
.fields .text { display: block; text-align: start; }
.fields .shared { text-align: center; font-weight: 700; }
.in-1 .fields .shared { text-align: start; }
.grid { inline-size: 100%; border-collapse: collapse; table-layout: fixed; }
.grid th, .grid td { border: .5pt solid var(--rule); padding: 1mm 1.8mm; vertical-align: top; text-align: start; }
.grid th { background: var(--wash); font-weight: 700; } .grid tr { break-inside: avoid; } .grid thead { display: table-header-group; }
.grid .text { display: block; text-align: start; } .grid .text + .text { color: var(--faint); font-size: .94em; }
.grid .same { display: block; text-align: center; } .in-1 .grid .same { display: inline; }
.fields + .fields { margin-block-start: 5mm; }
.sign { display: grid; grid-template-columns: 1fr 1fr; gap: 8mm; margin-block-start: 8mm; break-inside: avoid; }
.sign h2 { font-size: 10pt; margin: 0 0 2mm; padding: 0; border: 0; } .sign .line { margin: 0; padding-block: 3.5mm 1mm; border-block-end: .5pt dotted var(--ink); color: var(--faint); font-size: 9pt; column-gap: 3mm; }
.stamp { block-size: 26mm; border: .5pt dashed var(--rule); margin-block-start: 3mm; }
footer { border-block-start: .6pt solid var(--ink); margin-block-start: 5mm; padding-block-start: 1.5mm; font-size: 8pt; color: var(--faint); }
footer p { margin: 0; } .digest { text-align: center; margin-block-start: 1mm; } .digest .text { margin-inline-end: 2mm; }
main { position: relative; } .coded { min-block-size: 15mm; align-items: center; } .in-1 .coded { padding-inline: 17mm; }
.qr { position: absolute; inset-block-start: 0; inset-inline-end: 0; inline-size: 14mm; block-size: 14mm; fill: var(--ink); }
.in-2 .coded { column-gap: 18mm; } .in-2 .qr { inset-inline-end: calc(50% - 7mm); }
.digest code { font: 700 9pt "DejaVu Sans Mono", monospace; color: var(--ink); }
.watermark { border: 2pt dashed var(--ink); text-align: center; padding: 1.5mm; margin-block-end: 4mm; font-weight: 700; }
.watermark .text { display: block; }
@media print {
  html { background: none; } body { padding: 0; max-inline-size: none; }
  .faint::before { content: attr(data-text); white-space: pre-line; unicode-bidi: plaintext; position: fixed; inset-block-start: 42%; inset-inline: 0; text-align: center; font-weight: 700; transform: rotate(-24deg); font-size: 34pt; line-height: 1.4; color: #000; opacity: .13; z-index: 9; }
  thead { display: table-header-group; } tfoot { display: table-footer-group; }
}
@media (max-width: 40em) { .in-2 .pair { grid-template-columns: 1fr; } }
</xsl:template>
</xsl:stylesheet>
