<?xml version="1.0" encoding="UTF-8"?>
<!-- How support ends, what is kept, and how to come back. -->
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

  <xsl:variable name="kind" select="'closure'"/>
  <xsl:variable name="foot-key" select="'paper.office-only'"/>

  <xsl:template name="body">
    <xsl:call-template name="paper-about">
      <xsl:with-param name="more"><xsl:call-template name="date-field"><xsl:with-param name="key" select="'copy.opened'"/><xsl:with-param name="of" select="$case/@opened"/></xsl:call-template></xsl:with-param>
    </xsl:call-template>
    <xsl:call-template name="standing"/>
    <xsl:call-template name="h"><xsl:with-param name="key" select="'closure.results'"/></xsl:call-template>
    <xsl:choose>
      <xsl:when test="$case/c:plan/c:item"><xsl:call-template name="plan-table"/></xsl:when>
      <xsl:otherwise><p><xsl:call-template name="word"><xsl:with-param name="key" select="'closure.results.none'"/></xsl:call-template></p></xsl:otherwise>
    </xsl:choose>
    <xsl:call-template name="referrals"/>
    <xsl:call-template name="steps"/>
    <xsl:call-template name="kept"/>
    <note><xsl:call-template name="word"><xsl:with-param name="key" select="'closure.back'"/></xsl:call-template></note>
    <xsl:call-template name="help-lines"/>
    <sign>
      <place><label><xsl:call-template name="word"><xsl:with-param name="key" select="'paper.sign.office'"/></xsl:call-template></label><xsl:call-template name="paper-lines"/></place>
      <place><label><xsl:call-template name="word"><xsl:with-param name="key" select="'paper.sign.supervisor'"/></xsl:call-template></label><xsl:call-template name="paper-lines"/></place>
    </sign>
  </xsl:template>
</xsl:stylesheet>
