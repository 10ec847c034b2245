<?xml version="1.0" encoding="UTF-8"?>
<!-- What is read aloud for one purpose, and what is answered. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:s="urn:ihala:sources:1"
    xmlns:p="urn:ihala:copy:1" xmlns:c="urn:ihala:case:1"
    xmlns:a="urn:ihala:answers:1" xmlns:e="urn:ihala:assessment:1"
    xmlns:i="urn:ihala:instrument:1" xmlns:m="urn:ihala:mechanism:1"
    xmlns:k="urn:ihala:consent:1" xmlns:v="urn:ihala:service:1"
    xmlns:l="urn:ihala:lifecycle:1"
    xmlns="urn:ihala:block:1" exclude-result-prefixes="ih s p c a e i m k v l">
  <xsl:import href="paper.xsl"/>
  <xsl:output method="xml" encoding="UTF-8"/>

  <xsl:variable name="kind" select="'consent'"/>
  <xsl:variable name="foot-key" select="'paper.office-only'"/>

  <xsl:template name="body">
    <xsl:call-template name="paper-about">
      <xsl:with-param name="more">
        <xsl:call-template name="field">
          <xsl:with-param name="key" select="'document.purpose'"/>
          <xsl:with-param name="value"><xsl:call-template name="texts"><xsl:with-param name="of" select="$asked/k:name"/></xsl:call-template></xsl:with-param>
        </xsl:call-template>
      </xsl:with-param>
    </xsl:call-template>
    <xsl:call-template name="h"><xsl:with-param name="key" select="'consent-form.text'"/></xsl:call-template>
    <p><xsl:call-template name="texts"><xsl:with-param name="of" select="$asked/k:said"/></xsl:call-template></p>
    <xsl:call-template name="h"><xsl:with-param name="key" select="'consent-form.named'"/></xsl:call-template>
    <fields>
      <xsl:choose>
        <xsl:when test="$body != ''">
          <xsl:call-template name="field">
            <xsl:with-param name="key" select="'copy.consent.recipient'"/>
            <xsl:with-param name="value"><xsl:call-template name="party"><xsl:with-param name="code" select="$body"/></xsl:call-template></xsl:with-param>
          </xsl:call-template>
        </xsl:when>
        <xsl:otherwise><xsl:call-template name="blank-field"><xsl:with-param name="key" select="'copy.consent.recipient'"/></xsl:call-template></xsl:otherwise>
      </xsl:choose>
      <xsl:call-template name="blank-field"><xsl:with-param name="key" select="'document.until'"/></xsl:call-template>
      <xsl:call-template name="blank-field"><xsl:with-param name="key" select="'copy.consent.language'"/></xsl:call-template>
    </fields>
    <p><xsl:call-template name="word"><xsl:with-param name="key" select="'consent-form.days'"/><xsl:with-param name="with" select="string($asked/@days)"/></xsl:call-template></p>
    <p><xsl:call-template name="word"><xsl:with-param name="key" select="'consent-form.categories'"/></xsl:call-template></p>
    <list>
      <xsl:for-each select="$consented/k:category[@id != 'any']"><xsl:call-template name="box-of"><xsl:with-param name="of" select="."/></xsl:call-template></xsl:for-each>
    </list>
    <xsl:call-template name="h"><xsl:with-param name="key" select="'consent-form.answer'"/></xsl:call-template>
    <list>
      <xsl:call-template name="box"><xsl:with-param name="key" select="'consent-form.yes'"/></xsl:call-template>
      <xsl:call-template name="box"><xsl:with-param name="key" select="'consent-form.no'"/></xsl:call-template>
      <xsl:call-template name="box"><xsl:with-param name="key" select="'consent-form.later'"/></xsl:call-template>
    </list>
    <p><xsl:call-template name="word"><xsl:with-param name="key" select="'consent-form.how'"/></xsl:call-template></p>
    <list>
      <xsl:for-each select="$consented/k:mode"><xsl:call-template name="box-of"><xsl:with-param name="of" select="."/></xsl:call-template></xsl:for-each>
    </list>
    <note><xsl:call-template name="word"><xsl:with-param name="key" select="'consent-form.taken-back'"/></xsl:call-template></note>
    <sign>
      <place><label><xsl:call-template name="word"><xsl:with-param name="key" select="'paper.sign.person'"/></xsl:call-template></label><xsl:call-template name="paper-lines"/></place>
      <place><label><xsl:call-template name="word"><xsl:with-param name="key" select="'paper.sign.office'"/></xsl:call-template></label><xsl:call-template name="paper-lines"/></place>
      <place><label><xsl:call-template name="word"><xsl:with-param name="key" select="'paper.sign.interpreter'"/></xsl:call-template></label><xsl:call-template name="paper-lines"/></place>
      <place><label><xsl:call-template name="word"><xsl:with-param name="key" select="'paper.sign.representative'"/></xsl:call-template></label><xsl:call-template name="paper-lines"/></place>
    </sign>
  </xsl:template>
  <xsl:variable name="asked" select="$consented/k:purpose[@id = $purpose]"/>
</xsl:stylesheet>
