<?xml version="1.0" encoding="UTF-8"?>
<!-- What whoever takes a case on has to know, signed by both. -->
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

  <xsl:variable name="kind" select="'handover'"/>
  <xsl:variable name="foot-key" select="'paper.office-only'"/>

  <xsl:template name="body">
    <xsl:call-template name="paper-about">
      <xsl:with-param name="more"><xsl:call-template name="blank-field"><xsl:with-param name="key" select="'handover.to'"/></xsl:call-template></xsl:with-param>
    </xsl:call-template>
    <note><xsl:call-template name="word"><xsl:with-param name="key" select="'handover.safe'"/></xsl:call-template></note>
    <xsl:call-template name="reached"/>
    <xsl:call-template name="standing"/>
    <xsl:call-template name="h"><xsl:with-param name="key" select="'handover.open'"/></xsl:call-template>
    <xsl:variable name="open" select="$case/c:plan/c:item[not(@state = 'done' or @state = 'declined' or @state = 'gone')]"/>
    <xsl:choose>
      <xsl:when test="$open"><xsl:call-template name="plan-table"><xsl:with-param name="items" select="$open"/></xsl:call-template></xsl:when>
      <xsl:otherwise><p><xsl:call-template name="word"><xsl:with-param name="key" select="'handover.open.none'"/></xsl:call-template></p></xsl:otherwise>
    </xsl:choose>
    <xsl:call-template name="due"/>
    <xsl:call-template name="h"><xsl:with-param name="key" select="'handover.list'"/></xsl:call-template>
    <list>
      <xsl:call-template name="box"><xsl:with-param name="key" select="'handover.file'"/></xsl:call-template>
      <xsl:call-template name="box"><xsl:with-param name="key" select="'handover.sheets'"/></xsl:call-template>
      <xsl:call-template name="box"><xsl:with-param name="key" select="'handover.told'"/></xsl:call-template>
    </list>
    <sign>
      <place><label><xsl:call-template name="word"><xsl:with-param name="key" select="'handover.gives'"/></xsl:call-template></label><xsl:call-template name="paper-lines"/></place>
      <place><label><xsl:call-template name="word"><xsl:with-param name="key" select="'handover.takes'"/></xsl:call-template></label><xsl:call-template name="paper-lines"/></place>
    </sign>
  </xsl:template>
  <!-- A way that was said to be safe, where nothing was said against it since. -->
  <xsl:template name="reached">
    <xsl:choose>
      <xsl:when test="$case/c:flag[@id = 'contact'][last()]/@raised = 'yes'"><p><xsl:call-template name="word"><xsl:with-param name="key" select="'document.contact.unknown'"/></xsl:call-template></p></xsl:when>
      <xsl:otherwise><xsl:call-template name="contact"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
