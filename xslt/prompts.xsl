<?xml version="1.0" encoding="UTF-8"?>
<!-- What is asked and what is observed, for memory: no room for answers. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:s="urn:ihala:sources:1"
    xmlns:p="urn:ihala:copy:1" xmlns:c="urn:ihala:case:1"
    xmlns:a="urn:ihala:answers:1" xmlns:e="urn:ihala:assessment:1"
    xmlns:i="urn:ihala:instrument:1" xmlns:m="urn:ihala:mechanism:1"
    xmlns:k="urn:ihala:consent:1" xmlns:v="urn:ihala:service:1"
    xmlns:l="urn:ihala:lifecycle:1"
    xmlns="urn:ihala:block:1" exclude-result-prefixes="ih s p c a e i m k v l">
  <xsl:import href="form.xsl"/>
  <xsl:output method="xml" encoding="UTF-8"/>

  <xsl:variable name="kind" select="'prompts'"/>
  <xsl:variable name="foot-key" select="'paper.no-case'"/>

  <xsl:template name="body">
    <xsl:call-template name="form-title"/>
    <p><xsl:call-template name="word"><xsl:with-param name="key" select="'prompts.intro'"/></xsl:call-template></p>
    <xsl:call-template name="before"/>
    <p><xsl:call-template name="word"><xsl:with-param name="key" select="'prompts.gentle'"/></xsl:call-template></p>
    <xsl:call-template name="all-questions"/>
    <note><xsl:call-template name="word"><xsl:with-param name="key" select="'prompts.end'"/></xsl:call-template></note>
  </xsl:template>
  <xsl:template name="below">
    <xsl:if test="i:note"><list><item><xsl:call-template name="texts"><xsl:with-param name="of" select="i:note"/></xsl:call-template></item></list></xsl:if>
  </xsl:template>
</xsl:stylesheet>
