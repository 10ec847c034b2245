<?xml version="1.0" encoding="UTF-8"?>
<!-- A short page by which somebody asks for help, or somebody else for them.
     No word on it tells what it is for: it looks like any message. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:import href="sealing.xsl"/>

  <xsl:template name="page">
    <header>
      <label><span data-word="language"/><xsl:text> </xsl:text><select id="tongue"/></label>
      <button type="button" id="leave" data-word="leave"/>
    </header>
    <main>
      <form id="form" novalidate="novalidate" autocomplete="off">
        <h1 data-word="title"/>
        <p id="fault" role="alert" hidden="hidden" data-word="needed"/>
        <xsl:call-template name="choose"><xsl:with-param name="name" select="'safe'"/><xsl:with-param name="codes" select="'yes no unknown '"/></xsl:call-template>
        <xsl:call-template name="choose"><xsl:with-param name="name" select="'how'"/><xsl:with-param name="codes" select="'phone message in-person through-service '"/><xsl:with-param name="type" select="'checkbox'"/></xsl:call-template>
        <xsl:call-template name="line"><xsl:with-param name="name" select="'when'"/></xsl:call-template>
        <xsl:call-template name="choose"><xsl:with-param name="name" select="'danger'"/><xsl:with-param name="codes" select="'yes no unknown '"/></xsl:call-template>
        <xsl:call-template name="choose"><xsl:with-param name="name" select="'asks'"/><xsl:with-param name="codes" select="'person relative professional '"/></xsl:call-template>
        <p><label for="about" data-word="about"/><textarea id="about" rows="5" dir="auto" maxlength="5000"/></p>
        <xsl:call-template name="line"><xsl:with-param name="name" select="'name'"/></xsl:call-template>
        <xsl:call-template name="line"><xsl:with-param name="name" select="'phone'"/></xsl:call-template>
        <xsl:call-template name="line"><xsl:with-param name="name" select="'place'"/></xsl:call-template>
        <p id="open"><span data-word="open"/><br/><label class="option"><input type="checkbox" id="accept"/><span data-word="accept"/></label></p>
        <div class="go"><button class="first" data-word="save"/></div>
        <p id="done" role="status" tabindex="-1" hidden="hidden" data-word="done"/>
      </form>
    </main>
    <footer><details><summary data-word="page"/><p><span data-word="print"/><br/><code dir="ltr" id="print"/></p><p data-word="trust"/></details></footer>
  </xsl:template>

  <xsl:template name="choose">
    <xsl:param name="name"/>
    <xsl:param name="codes"/>
    <xsl:param name="type" select="'radio'"/>
    <fieldset>
      <legend data-word="{$name}"/>
      <xsl:call-template name="options"><xsl:with-param name="name" select="$name"/><xsl:with-param name="of" select="$codes"/><xsl:with-param name="type" select="$type"/></xsl:call-template>
    </fieldset>
  </xsl:template>
  <xsl:template name="options">
    <xsl:param name="name"/>
    <xsl:param name="of"/>
    <xsl:param name="type"/>
    <xsl:variable name="one" select="substring-before($of, ' ')"/>
    <xsl:if test="$one != ''">
      <label class="option"><input type="{$type}" name="{$name}" value="{$one}"/><span data-word="{$one}"/></label>
      <xsl:call-template name="options"><xsl:with-param name="name" select="$name"/><xsl:with-param name="of" select="substring-after($of, ' ')"/><xsl:with-param name="type" select="$type"/></xsl:call-template>
    </xsl:if>
  </xsl:template>
  <xsl:template name="line">
    <xsl:param name="name"/>
    <p><label for="{$name}" data-word="{$name}"/><textarea id="{$name}" rows="1" dir="auto" maxlength="200"/></p>
  </xsl:template>
</xsl:stylesheet>
