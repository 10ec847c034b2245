<?xml version="1.0" encoding="UTF-8"?>
<!-- A referral to whoever decides by law: who that is, and what is asked. -->
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

  <xsl:variable name="kind" select="'for-determination'"/>
  <xsl:variable name="title-key" select="'paper.for-determination'"/>
  <xsl:variable name="subject-key" select="'for-determination.subject'"/>

  <xsl:template name="ask">
    <p><xsl:call-template name="word"><xsl:with-param name="key" select="'for-determination.asks'"/></xsl:call-template></p>
    <xsl:call-template name="deciders"/>
  </xsl:template>
</xsl:stylesheet>
