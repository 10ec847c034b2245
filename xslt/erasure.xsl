<?xml version="1.0" encoding="UTF-8"?>
<!-- That a case was destroyed: for the person, or for the files of the office.
     The signed receipt is the proof; this says it in words. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:s="urn:ihala:sources:1"
    xmlns:r="urn:ihala:erasure:1" xmlns:m="urn:ihala:mechanism:1"
    xmlns="urn:ihala:block:1" exclude-result-prefixes="ih s r m">
  <!-- Its head and its small pieces. -->
  <xsl:import href="copy.xsl"/>
  <xsl:output method="xml" encoding="UTF-8"/>

  <xsl:variable name="erased" select="/s:sources/s:record/r:erasure"/>

  <xsl:template match="/">
    <doc kind="erasure" sheet="xslt/erasure.xsl" made="{$erased/@day}" reference="{$erased/@code}">
      <xsl:if test="$erased/@training"><xsl:attribute name="training">true</xsl:attribute></xsl:if>
      <xsl:attribute name="title">
        <xsl:value-of select="concat(ih:word('document.page', $tongues[1]/@tag), ' ', $erased/@code)"/>
      </xsl:attribute>
      <xsl:call-template name="head"/>
      <title><xsl:call-template name="word"><xsl:with-param name="key" select="'erasure.title'"/></xsl:call-template></title>
      <xsl:if test="$erased/@training">
        <watermark><xsl:call-template name="word"><xsl:with-param name="key" select="'document.training'"/></xsl:call-template></watermark>
      </xsl:if>
      <fields>
        <xsl:call-template name="same-field"><xsl:with-param name="key" select="'document.reference'"/><xsl:with-param name="of" select="$erased/@code"/></xsl:call-template>
        <xsl:call-template name="date-field"><xsl:with-param name="key" select="'erasure.day'"/><xsl:with-param name="of" select="$erased/@day"/></xsl:call-template>
        <xsl:call-template name="date-field"><xsl:with-param name="key" select="'erasure.until'"/><xsl:with-param name="of" select="$erased/@until"/></xsl:call-template>
        <xsl:call-template name="same-field"><xsl:with-param name="key" select="'erasure.entry'"/><xsl:with-param name="of" select="$erased/@entry"/></xsl:call-template>
      </fields>
      <p><xsl:call-template name="word"><xsl:with-param name="key" select="'erasure.gone'"/></xsl:call-template></p>
      <p><xsl:call-template name="word"><xsl:with-param name="key" select="'erasure.backups'"/></xsl:call-template></p>
      <p><xsl:call-template name="word"><xsl:with-param name="key" select="'erasure.left'"/></xsl:call-template></p>
      <p><xsl:call-template name="word"><xsl:with-param name="key" select="'erasure.elsewhere'"/></xsl:call-template></p>
      <foot><p><xsl:call-template name="word"><xsl:with-param name="key" select="'erasure.proof'"/></xsl:call-template></p><xsl:call-template name="proof"/></foot>
    </doc>
  </xsl:template>
</xsl:stylesheet>
