<?xml version="1.0" encoding="UTF-8"?>
<!-- Text that stands between quotes in a file for other programs, and whose
     standard the names are. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:template name="replaced">
    <xsl:param name="text"/>
    <xsl:param name="from"/>
    <xsl:param name="to"/>
    <xsl:choose>
      <xsl:when test="contains($text, $from)">
        <xsl:value-of select="concat(substring-before($text, $from), $to)"/>
        <xsl:call-template name="replaced"><xsl:with-param name="text" select="substring-after($text, $from)"/><xsl:with-param name="from" select="$from"/><xsl:with-param name="to" select="$to"/></xsl:call-template>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="$text"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A field of CSV: what a spreadsheet would take for a formula is held as
       text by an apostrophe. -->
  <xsl:template name="field">
    <xsl:param name="text"/>
    <xsl:text>"</xsl:text>
    <xsl:if test="string($text) != '' and contains('=+-@&#9;&#13;', substring($text, 1, 1))">'</xsl:if>
    <xsl:call-template name="replaced"><xsl:with-param name="text" select="string($text)"/><xsl:with-param name="from" select="'&quot;'"/><xsl:with-param name="to" select="'&quot;&quot;'"/></xsl:call-template>
    <xsl:text>"</xsl:text>
  </xsl:template>

  <!-- A string of JSON, R or Stata. -->
  <xsl:template name="string">
    <xsl:param name="text"/>
    <xsl:variable name="first"><xsl:call-template name="replaced"><xsl:with-param name="text" select="normalize-space($text)"/><xsl:with-param name="from" select="'\'"/><xsl:with-param name="to" select="'\\'"/></xsl:call-template></xsl:variable>
    <xsl:text>"</xsl:text>
    <xsl:call-template name="replaced"><xsl:with-param name="text" select="string($first)"/><xsl:with-param name="from" select="'&quot;'"/><xsl:with-param name="to" select="'\&quot;'"/></xsl:call-template>
    <xsl:text>"</xsl:text>
  </xsl:template>

  <xsl:template name="attribution">Human Trafficking Case Data Standard 2.0, IOM, CC BY 4.0</xsl:template>

  <!-- The same for what the standard's fields are filled with: CC BY 4.0 wants
       the licence's address, and to be told that something was changed. -->
  <xsl:template name="credit">
    <xsl:call-template name="attribution"/>
    <xsl:text> (https://creativecommons.org/licenses/by/4.0/); filled in by Ihala from its own questions, by xml/mapping/htcds.xml</xsl:text>
  </xsl:template>
</xsl:stylesheet>
