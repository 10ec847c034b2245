<?xml version="1.0" encoding="UTF-8"?>
<!-- A return or a regional summary as a list of numbers, each with its place:
     what each form of export makes of one is the template "number" of its
     stylesheet.  Totals bear "_T", as in SDMX; of a region the sum of all
     committees stands beside what each told, under "_T" too. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:s="urn:ihala:sources:1"
    xmlns:r="urn:ihala:region:1" xmlns:d="urn:ihala:return:1"
    xmlns:t="urn:ihala:tables:1" exclude-result-prefixes="ih s r d t">
  <xsl:import href="quoted.xsl"/>
  <xsl:output method="text" encoding="UTF-8"/>
  <xsl:param name="tongue" select="'en'"/>
  <xsl:variable name="lang" select="substring($tongue, 1, 2)"/>
  <xsl:variable name="region" select="/s:sources/s:told/r:region"/>
  <xsl:variable name="return" select="/s:sources/s:told/d:return"/>
  <xsl:variable name="told" select="$region | $return"/>
  <xsl:variable name="tables" select="/s:sources/s:tables/t:tables"/>
  <xsl:variable name="method"><xsl:choose><xsl:when test="$return/@method"><xsl:value-of select="$return/@method"/></xsl:when><xsl:otherwise>rounded</xsl:otherwise></xsl:choose></xsl:variable>

  <!-- of SDMX: yearly, or half-yearly as 2026-S1 -->
  <xsl:variable name="frequency"><xsl:choose><xsl:when test="contains($told/@period, '-H')">S</xsl:when><xsl:otherwise>A</xsl:otherwise></xsl:choose></xsl:variable>
  <xsl:variable name="time" select="translate($told/@period, 'H', 'S')"/>

  <xsl:template name="named">
    <xsl:param name="of"/>
    <xsl:choose>
      <xsl:when test="$of/*[local-name() = 'text'][@xml:lang = $tongue]"><xsl:value-of select="normalize-space($of/*[local-name() = 'text'][@xml:lang = $tongue])"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="normalize-space($of/*[local-name() = 'text'][@xml:lang = $lang])"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- What a category is called; the total of all by a word. -->
  <xsl:template name="label">
    <xsl:param name="variable"/>
    <xsl:param name="code"/>
    <xsl:choose>
      <xsl:when test="$code = '_T'"><xsl:value-of select="ih:word('region.total', $tongue)"/></xsl:when>
      <xsl:otherwise><xsl:call-template name="named"><xsl:with-param name="of" select="$tables/t:variable[@id = $variable]/t:category[@code = $code]"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Every number, table by table, row by row. -->
  <xsl:template name="numbers">
    <xsl:for-each select="$told/*[local-name() = 'table']">
      <xsl:for-each select="*[local-name() = 'row']">
        <xsl:variable name="row" select="@code"/>
        <xsl:for-each select="*[local-name() = 'cell']">
          <xsl:call-template name="place"><xsl:with-param name="row" select="$row"/><xsl:with-param name="column" select="@column"/></xsl:call-template>
        </xsl:for-each>
        <xsl:call-template name="place"><xsl:with-param name="row" select="$row"/><xsl:with-param name="column" select="'_T'"/></xsl:call-template>
      </xsl:for-each>
      <xsl:for-each select="*[local-name() = 'column']">
        <xsl:call-template name="place"><xsl:with-param name="row" select="'_T'"/><xsl:with-param name="column" select="@code"/></xsl:call-template>
      </xsl:for-each>
      <xsl:if test="$return"><xsl:call-template name="number"><xsl:with-param name="table" select="."/><xsl:with-param name="area" select="$return/@committee"/><xsl:with-param name="bound" select="$told/@bound"/><xsl:with-param name="row" select="'_T'"/><xsl:with-param name="column" select="'_T'"/><xsl:with-param name="value" select="@total"/></xsl:call-template></xsl:if>
      <xsl:if test="$region"><xsl:call-template name="number"><xsl:with-param name="table" select="."/><xsl:with-param name="area" select="'_T'"/><xsl:with-param name="bound" select="$told/@bound"/><xsl:with-param name="row" select="'_T'"/><xsl:with-param name="column" select="'_T'"/><xsl:with-param name="value" select="@total"/></xsl:call-template></xsl:if>
    </xsl:for-each>
  </xsl:template>

  <!-- At a cell, a row or a column: one number, or one of each committee and
       their sum. -->
  <xsl:template name="place">
    <xsl:param name="row"/>
    <xsl:param name="column"/>
    <xsl:variable name="table" select="ancestor::*[local-name() = 'table']"/>
    <xsl:for-each select="r:from">
      <xsl:call-template name="number"><xsl:with-param name="table" select="$table"/><xsl:with-param name="area" select="@committee"/><xsl:with-param name="bound" select="$region/r:committee[@code = current()/@committee]/@bound"/><xsl:with-param name="row" select="$row"/><xsl:with-param name="column" select="$column"/><xsl:with-param name="value" select="string(.)"/></xsl:call-template>
    </xsl:for-each>
    <xsl:call-template name="number">
      <xsl:with-param name="table" select="$table"/>
      <xsl:with-param name="bound" select="$told/@bound"/>
      <xsl:with-param name="area"><xsl:choose><xsl:when test="$region">_T</xsl:when><xsl:otherwise><xsl:value-of select="$return/@committee"/></xsl:otherwise></xsl:choose></xsl:with-param>
      <xsl:with-param name="row" select="$row"/>
      <xsl:with-param name="column" select="$column"/>
      <xsl:with-param name="value"><xsl:choose>
        <xsl:when test="@sum"><xsl:value-of select="@sum"/></xsl:when>
        <xsl:when test="@total"><xsl:value-of select="@total"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="."/></xsl:otherwise>
      </xsl:choose></xsl:with-param>
    </xsl:call-template>
  </xsl:template>
</xsl:stylesheet>
