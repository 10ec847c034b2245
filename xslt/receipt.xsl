<?xml version="1.0" encoding="UTF-8"?>
<!-- That a letter about a case arrived; by the code that the sender knows. -->
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

  <xsl:variable name="kind" select="'receipt'"/>
  <xsl:variable name="foot-key" select="'document.confidential'"/>

  <xsl:template name="body">
    <xsl:call-template name="paper-about">
      <xsl:with-param name="more">
        <xsl:call-template name="field">
          <xsl:with-param name="key" select="'document.to'"/>
          <xsl:with-param name="value"><xsl:call-template name="party"><xsl:with-param name="code" select="$letter/@peer"/></xsl:call-template></xsl:with-param>
        </xsl:call-template>
      </xsl:with-param>
    </xsl:call-template>
    <p><xsl:call-template name="word"><xsl:with-param name="key" select="'receipt-paper.what'"/></xsl:call-template></p>
    <fields>
      <xsl:call-template name="word-field"><xsl:with-param name="key" select="'copy.letter.why'"/><xsl:with-param name="of" select="concat('purpose.', $letter/@purpose)"/><xsl:with-param name="code" select="$letter/@purpose"/></xsl:call-template>
      <xsl:call-template name="date-field"><xsl:with-param name="key" select="'document.date'"/><xsl:with-param name="of" select="$letter/@day"/></xsl:call-template>
    </fields>
    <note><xsl:call-template name="word"><xsl:with-param name="key" select="'receipt-paper.not'"/></xsl:call-template></note>
    <sign><place><label><xsl:call-template name="word"><xsl:with-param name="key" select="'paper.sign.office'"/></xsl:call-template></label><xsl:call-template name="paper-lines"/></place></sign>
  </xsl:template>
  <xsl:variable name="letter" select="$copy/p:letter[@direction = 'received'][@peer = $copy/@origin][last()]"/>
  <xsl:variable name="about-what" select="string($copy/@their-code)"/>
</xsl:stylesheet>
