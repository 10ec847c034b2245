<?xml version="1.0" encoding="UTF-8"?>
<!-- What is missing, asked of the office that sent the case.  It is named by the
     letter that asked: the code of the case here is not theirs to know. -->
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

  <xsl:variable name="kind" select="'request'"/>
  <xsl:variable name="foot-key" select="'document.confidential'"/>

  <xsl:template name="body">
    <xsl:call-template name="paper-about">
      <xsl:with-param name="more">
        <xsl:call-template name="field">
          <xsl:with-param name="key" select="'document.to'"/>
          <xsl:with-param name="value"><xsl:call-template name="party"><xsl:with-param name="code" select="$inquiry/@of"/></xsl:call-template></xsl:with-param>
        </xsl:call-template>
      </xsl:with-param>
    </xsl:call-template>
    <p><xsl:call-template name="word"><xsl:with-param name="key" select="'request-paper.asks'"/></xsl:call-template></p>
    <xsl:for-each select="$inquiry">
      <fields>
        <xsl:call-template name="listed-field"><xsl:with-param name="key" select="'copy.consent.category'"/><xsl:with-param name="codes" select="@categories"/><xsl:with-param name="room" select="'category'"/></xsl:call-template>
        <xsl:call-template name="field">
          <xsl:with-param name="key" select="'document.purpose'"/>
          <xsl:with-param name="value"><xsl:call-template name="titled"><xsl:with-param name="of" select="$consented/k:purpose[@id = current()/@purpose]/k:name"/><xsl:with-param name="id" select="@purpose"/></xsl:call-template></xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="date-field"><xsl:with-param name="key" select="'document.date'"/><xsl:with-param name="of" select="@date"/></xsl:call-template>
        <xsl:call-template name="date-field"><xsl:with-param name="key" select="'copy.inquiry.until'"/><xsl:with-param name="of" select="@until"/></xsl:call-template>
      </fields>
    </xsl:for-each>
    <p><xsl:call-template name="word"><xsl:with-param name="key" select="'request-paper.only'"/></xsl:call-template></p>
    <note><xsl:call-template name="word"><xsl:with-param name="key" select="'request-paper.way'"/></xsl:call-template></note>
    <sign><place><label><xsl:call-template name="word"><xsl:with-param name="key" select="'paper.sign.office'"/></xsl:call-template></label><xsl:call-template name="paper-lines"/></place></sign>
  </xsl:template>
  <xsl:variable name="inquiry" select="$case/c:inquiry[@asked = 'here'][last()]"/>
  <xsl:variable name="about-what" select="string($inquiry/@message)"/>
</xsl:stylesheet>
