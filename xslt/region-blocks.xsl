<?xml version="1.0" encoding="UTF-8"?>
<!-- A regional summary as blocks, for paper: its tables, without the charts. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:s="urn:ihala:sources:1"
    xmlns:r="urn:ihala:region:1" xmlns:t="urn:ihala:tables:1"
    xmlns:m="urn:ihala:mechanism:1" xmlns="urn:ihala:block:1"
    exclude-result-prefixes="ih s r t m">
  <xsl:import href="chart.xsl"/>
  <xsl:output method="xml" encoding="UTF-8"/>

  <xsl:variable name="furthest">
    <xsl:for-each select="$region/r:committee">
      <xsl:sort select="@bound" data-type="number" order="descending"/>
      <xsl:if test="position() = 1"><xsl:value-of select="@bound"/></xsl:if>
    </xsl:for-each>
  </xsl:variable>

  <xsl:template name="said">
    <xsl:param name="say"/>
    <text xml:lang="{$lang}" dir="{$dir}"><xsl:value-of select="$say"/></text>
  </xsl:template>

  <xsl:template name="word-cell">
    <xsl:param name="key"/>
    <cell><xsl:call-template name="said"><xsl:with-param name="say" select="ih:word($key, $tongue)"/></xsl:call-template></cell>
  </xsl:template>

  <xsl:template name="named-cell">
    <xsl:param name="of"/>
    <xsl:variable name="name"><xsl:call-template name="named"><xsl:with-param name="of" select="$of"/></xsl:call-template></xsl:variable>
    <cell><xsl:call-template name="said"><xsl:with-param name="say" select="$name"/></xsl:call-template></cell>
  </xsl:template>

  <xsl:template name="country-cell">
    <xsl:variable name="name"><xsl:call-template name="country"><xsl:with-param name="code" select="@code"/></xsl:call-template></xsl:variable>
    <cell><xsl:call-template name="said"><xsl:with-param name="say" select="$name"/></xsl:call-template></cell>
  </xsl:template>

  <xsl:template match="/">
    <doc kind="region" sheet="xslt/region-blocks.xsl" reference="{$region/@period}" title="{ih:word('region.title', $tongue)} {$region/@period}">
      <xsl:if test="$region/@training"><xsl:attribute name="training">true</xsl:attribute></xsl:if>
      <head/>
      <title><xsl:call-template name="said"><xsl:with-param name="say" select="concat(ih:word('region.title', $tongue), ' ', ih:isolate(string($region/@period)))"/></xsl:call-template></title>
      <xsl:if test="$region/@training"><watermark><xsl:call-template name="said"><xsl:with-param name="say" select="ih:word('document.training', $tongue)"/></xsl:call-template></watermark></xsl:if>
      <note><xsl:call-template name="said"><xsl:with-param name="say" select="ih:say('return.legend', $tongue, string($furthest))"/></xsl:call-template></note>
      <p><xsl:call-template name="said"><xsl:with-param name="say" select="ih:say('region.bound', $tongue, string($region/@bound))"/></xsl:call-template></p>
      <p><xsl:call-template name="said"><xsl:with-param name="say" select="ih:word('region.not-status', $tongue)"/></xsl:call-template></p>
      <xsl:for-each select="$region/r:overlap">
        <xsl:variable name="a"><xsl:call-template name="country"><xsl:with-param name="code" select="@a"/></xsl:call-template></xsl:variable>
        <xsl:variable name="b"><xsl:call-template name="country"><xsl:with-param name="code" select="@b"/></xsl:call-template></xsl:variable>
        <p><xsl:call-template name="said"><xsl:with-param name="say" select="ih:say('region.overlap', $tongue, string($a), string($b), string(@persons))"/></xsl:call-template></p>
      </xsl:for-each>
      <xsl:for-each select="$region/r:missing">
        <xsl:variable name="name"><xsl:call-template name="country"><xsl:with-param name="code" select="@code"/></xsl:call-template></xsl:variable>
        <p><xsl:call-template name="said"><xsl:with-param name="say" select="ih:say('region.missing', $tongue, string($name))"/></xsl:call-template></p>
      </xsl:for-each>
      <xsl:call-template name="committees"/>
      <xsl:for-each select="$region/r:table">
        <h><xsl:variable name="title"><xsl:call-template name="named"><xsl:with-param name="of" select="$tables/t:table[@id = current()/@id]/t:title"/></xsl:call-template></xsl:variable><xsl:call-template name="said"><xsl:with-param name="say" select="$title"/></xsl:call-template></h>
        <xsl:call-template name="counts"/>
      </xsl:for-each>
      <foot><p><xsl:call-template name="said"><xsl:with-param name="say" select="concat(ih:word('region.made', $tongue), ' ', ih:date($region/@made, $tongue))"/></xsl:call-template></p></foot>
    </doc>
  </xsl:template>

  <xsl:template name="committees">
    <h><xsl:call-template name="said"><xsl:with-param name="say" select="ih:word('region.committees', $tongue)"/></xsl:call-template></h>
    <table>
      <row>
        <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'region.committee'"/></xsl:call-template>
        <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'region.made'"/></xsl:call-template>
        <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'region.remark'"/></xsl:call-template>
        <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'region.persons'"/></xsl:call-template>
      </row>
      <xsl:for-each select="$region/r:committee">
        <row>
          <xsl:call-template name="country-cell"/>
          <cell><xsl:call-template name="said"><xsl:with-param name="say" select="ih:date(@made, $tongue)"/></xsl:call-template></cell>
          <cell><xsl:variable name="remark"><xsl:if test="@restatement"><xsl:value-of select="ih:say('region.restatement', $tongue, string(@restatement))"/><xsl:text> </xsl:text></xsl:if><xsl:if test="@late"><xsl:value-of select="ih:word('region.late', $tongue)"/></xsl:if></xsl:variable><xsl:call-template name="said"><xsl:with-param name="say" select="normalize-space($remark)"/></xsl:call-template></cell>
          <cell><same><xsl:value-of select="@persons"/></same></cell>
        </row>
      </xsl:for-each>
    </table>
  </xsl:template>

  <xsl:template name="counts">
    <xsl:variable name="table" select="."/>
    <xsl:variable name="rows" select="$tables/t:variable[@id = $table/@rows]"/>
    <xsl:variable name="columns" select="$tables/t:variable[@id = $table/@columns]"/>
    <table>
      <row>
        <xsl:call-template name="named-cell"><xsl:with-param name="of" select="$rows/t:title"/></xsl:call-template>
        <xsl:for-each select="r:column"><xsl:call-template name="named-cell"><xsl:with-param name="of" select="$columns/t:category[@code = current()/@code]"/></xsl:call-template></xsl:for-each>
        <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'region.total'"/></xsl:call-template>
      </row>
      <xsl:for-each select="r:row">
        <row>
          <xsl:call-template name="named-cell"><xsl:with-param name="of" select="$rows/t:category[@code = current()/@code]"/></xsl:call-template>
          <xsl:for-each select="r:cell"><cell><same><xsl:value-of select="@sum"/></same></cell></xsl:for-each>
          <cell><same><xsl:value-of select="@total"/></same></cell>
        </row>
      </xsl:for-each>
      <row>
        <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'region.total'"/></xsl:call-template>
        <xsl:for-each select="r:column"><cell><same><xsl:value-of select="@total"/></same></cell></xsl:for-each>
        <cell><same><xsl:value-of select="@total"/></same></cell>
      </row>
    </table>
  </xsl:template>
</xsl:stylesheet>
