<?xml version="1.0" encoding="UTF-8"?>
<!-- The plan, for the person and for whoever works with the person. -->
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

  <xsl:variable name="kind" select="'plan'"/>
  <xsl:variable name="foot-key" select="'paper.office-only'"/>

  <xsl:template name="body">
    <xsl:call-template name="paper-about"/>
    <note><xsl:call-template name="word"><xsl:with-param name="key" select="'plan-paper.safety'"/></xsl:call-template></note>
    <xsl:call-template name="plan"/>
    <xsl:call-template name="not-planned"/>
    <xsl:call-template name="both-sign"/>
  </xsl:template>
  <xsl:template name="not-planned">
    <xsl:variable name="open" select="$given[@item = 'needs']/a:value[not(. = $case/c:plan/c:item/@need)]"/>
    <xsl:if test="$open">
      <xsl:call-template name="h"><xsl:with-param name="key" select="'plan-paper.asked'"/></xsl:call-template>
      <list>
        <xsl:for-each select="$open"><item><xsl:call-template name="choice"><xsl:with-param name="item" select="'needs'"/><xsl:with-param name="code" select="string(.)"/></xsl:call-template></item></xsl:for-each>
      </list>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
