<?xml version="1.0" encoding="UTF-8"?>
<!-- A referral to the committee of another country: what it is bound to. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:s="urn:ihala:sources:1"
    xmlns:p="urn:ihala:copy:1" xmlns:c="urn:ihala:case:1"
    xmlns:a="urn:ihala:answers:1" xmlns:e="urn:ihala:assessment:1"
    xmlns:i="urn:ihala:instrument:1" xmlns:m="urn:ihala:mechanism:1"
    xmlns:k="urn:ihala:consent:1" xmlns:v="urn:ihala:service:1"
    xmlns:l="urn:ihala:lifecycle:1"
    xmlns="urn:ihala:block:1" exclude-result-prefixes="ih s p c a e i m k v l">
  <xsl:import href="referral.xsl"/>
  <xsl:output method="xml" encoding="UTF-8"/>

  <xsl:variable name="kind" select="'cross-border'"/>
  <xsl:variable name="title-key" select="'paper.cross-border'"/>
  <xsl:variable name="subject-key" select="'document.subject.referral'"/>

  <xsl:template name="ask">
    <xsl:variable name="bound" select="$sender/m:profile[@id = $case/@profile or not($case/@profile) and @id = 'referral'][1]/m:protection"/>
    <p><xsl:call-template name="word"><xsl:with-param name="key" select="'cross-border.bound'"/></xsl:call-template></p>
    <list>
      <xsl:for-each select="$bound">
        <item><xsl:call-template name="cited"><xsl:with-param name="text" select="."/><xsl:with-param name="status" select="@status[. = 'provisional']"/></xsl:call-template></item>
        <item><xsl:call-template name="cited"><xsl:with-param name="label" select="'cross-border.kept'"/><xsl:with-param name="text" select="m:retention"/></xsl:call-template></item>
      </xsl:for-each>
      <item><xsl:call-template name="word"><xsl:with-param name="key" select="'cross-border.back'"/></xsl:call-template></item>
      <item><xsl:call-template name="word"><xsl:with-param name="key" select="'cross-border.ask'"/></xsl:call-template></item>
    </list>
  </xsl:template>
</xsl:stylesheet>
