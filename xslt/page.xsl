<?xml version="1.0" encoding="UTF-8"?>
<!-- An instrument as one HTML file that needs no network, no server and no
     installation.  Questions and conditions are data; script and style are
     files of their own, put in here, and nothing else may run or be loaded. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:s="urn:ihala:sources:1"
    xmlns:i="urn:ihala:instrument:1" xmlns:m="urn:ihala:mechanism:1" exclude-result-prefixes="ih s i m">
  <xsl:import href="sealing.xsl"/>

  <xsl:param name="digest"/><!-- of the instrument -->

  <xsl:variable name="form" select="/s:sources/s:record/i:instrument"/>

  <xsl:template name="page">
    <header>
      <label><span data-word="language"/><xsl:text> </xsl:text><select id="tongue"/></label>
      <button type="button" id="leave" data-word="leave"/>
    </header>
    <main>
      <p id="part"/>
      <form id="form" novalidate="novalidate" autocomplete="off">
        <p id="fault" role="alert" hidden="hidden"/>
        <div id="here"/>
        <div class="go">
          <button class="first" id="next" data-word="next"/>
          <button type="button" id="back" data-word="back"/>
          <button type="button" id="stop" data-word="stop"/>
        </div>
      </form>
      <section id="help" role="status" hidden="hidden">
        <strong data-word="help"/><ul id="lines"/><p id="danger"/>
      </section>
    </main>
    <footer>
      <details>
        <summary data-word="about"/>
        <p><span data-word="digest"/><xsl:text> </xsl:text><bdi><xsl:value-of select="concat($form/@id, ' ', $form/@version)"/></bdi><br/><code dir="ltr"><xsl:value-of select="$digest"/></code></p>
        <p><span data-word="print"/><br/><code dir="ltr" id="print"/></p>
        <p data-word="trust"/>
      </details>
    </footer>
    <template id="t-choices"><fieldset><legend><h1/></legend><p class="note"><strong data-word="note"/><xsl:text> </xsl:text><span/></p><div class="room"/></fieldset></template>
    <template id="t-entry"><div><label for="entry"><h1/></label><p class="note"><strong data-word="note"/><xsl:text> </xsl:text><span/></p><textarea id="entry" rows="4" dir="auto" spellcheck="false"/><div class="room"/></div></template>
    <template id="t-option"><label class="option"><input/><span/></label></template>
    <template id="t-told"><div><dt/><dd><bdi/><button type="button"/></dd></div></template>
    <template id="t-review">
      <div>
        <h1 data-word="review"/>
        <p data-word="review-note"/>
        <dl id="told"/>
        <p id="open"><span data-word="open"/><br/><label class="option"><input type="checkbox" id="accept"/><span data-word="accept"/></label></p>
        <button type="button" class="first" id="save" data-word="save"/>
        <p id="done" role="status" tabindex="-1" hidden="hidden" data-word="done"/>
      </div>
    </template>
  </xsl:template>
</xsl:stylesheet>
