<?xml version="1.0" encoding="UTF-8"?>
<!-- One text in each tongue of the document: from the catalogue, or from the
     <text xml:lang> children that all our formats share. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:s="urn:ihala:sources:1" xmlns:m="urn:ihala:mechanism:1"
    xmlns="urn:ihala:block:1" exclude-result-prefixes="ih s m">

  <xsl:variable name="tongues" select="/s:sources/s:tongue"/>
  <!-- of the country whose paper it is; none: 0 to 9 -->
  <xsl:variable name="digits" select="/s:sources/s:sender/m:mechanism/m:header/m:digits/@zero-to-nine"/>

  <!-- <text> with its language and direction; the tongue is the context. -->
  <xsl:template name="text">
    <xsl:param name="say"/>
    <text xml:lang="{@tag}">
      <xsl:attribute name="dir">
        <xsl:choose>
          <xsl:when test="@lang = 'ar'">rtl</xsl:when>
          <xsl:otherwise>ltr</xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
      <xsl:choose>
        <xsl:when test="$digits and @lang = 'ar'"><xsl:call-template name="with-digits"><xsl:with-param name="text" select="string($say)"/></xsl:call-template></xsl:when>
        <xsl:otherwise><xsl:value-of select="$say"/></xsl:otherwise>
      </xsl:choose>
    </text>
  </xsl:template>

  <!-- Not of a number to dial, nor of a code: what ih:isolate() set apart, and
       what has Latin letters, is as it was. -->
  <xsl:template name="with-digits">
    <xsl:param name="text"/>
    <xsl:variable name="begins" select="translate($text, '&#x2068;', '&#x2066;')"/>
    <xsl:choose>
      <xsl:when test="contains(substring-after($begins, '&#x2066;'), '&#x2069;')">
        <xsl:variable name="before" select="string-length(substring-before($begins, '&#x2066;'))"/>
        <xsl:variable name="apart" select="substring-before(substring($text, $before + 1), '&#x2069;')"/>
        <xsl:value-of select="translate(substring($text, 1, $before), '0123456789', $digits)"/>
        <xsl:choose>
          <xsl:when test="contains($apart, '&#x2066;') or translate($apart, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', '') != $apart"><xsl:value-of select="$apart"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="translate($apart, '0123456789', $digits)"/></xsl:otherwise>
        </xsl:choose>
        <xsl:value-of select="'&#x2069;'"/>
        <xsl:call-template name="with-digits">
          <xsl:with-param name="text" select="substring-after(substring($text, $before + 1), '&#x2069;')"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="translate($text, '0123456789', $digits)"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- In the foot of a paper about a case: its number and QR code go here. -->
  <xsl:template name="proof">
    <proof><xsl:call-template name="word"><xsl:with-param name="key" select="'document.number'"/></xsl:call-template></proof>
  </xsl:template>

  <!-- A word of the catalogue, with up to one argument. -->
  <xsl:template name="word">
    <xsl:param name="key"/>
    <xsl:param name="with"/>
    <xsl:for-each select="$tongues">
      <xsl:call-template name="text">
        <xsl:with-param name="say">
          <xsl:choose>
            <xsl:when test="$with != ''"><xsl:value-of select="ih:say($key, @tag, $with)"/></xsl:when>
            <xsl:otherwise><xsl:value-of select="ih:word($key, @tag)"/></xsl:otherwise>
          </xsl:choose>
        </xsl:with-param>
      </xsl:call-template>
    </xsl:for-each>
  </xsl:template>

  <!-- The <text> children of a node: the country's own, else the neutral. -->
  <xsl:template name="texts">
    <xsl:param name="of"/>
    <xsl:param name="after"/>
    <xsl:for-each select="$tongues">
      <xsl:call-template name="text">
        <xsl:with-param name="say">
          <xsl:call-template name="pick">
            <xsl:with-param name="of" select="$of"/>
          </xsl:call-template>
          <xsl:if test="$after != ''"><xsl:value-of select="concat(' (', ih:isolate($after), ')')"/></xsl:if>
        </xsl:with-param>
      </xsl:call-template>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="pick">
    <xsl:param name="of"/>
    <xsl:variable name="tag" select="@tag"/>
    <xsl:variable name="lang" select="@lang"/>
    <xsl:variable name="own" select="$of/*[local-name() = 'text'][@xml:lang = $tag]"/>
    <xsl:variable name="neutral" select="$of/*[local-name() = 'text'][@xml:lang = $lang]"/>
    <xsl:choose>
      <xsl:when test="$own"><xsl:value-of select="normalize-space($own[1])"/></xsl:when>
      <xsl:when test="$neutral"><xsl:value-of select="normalize-space($neutral[1])"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="ih:apart(normalize-space($of/*[local-name() = 'text'][1]))"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="date">
    <xsl:param name="of"/>
    <xsl:for-each select="$tongues">
      <xsl:call-template name="text">
        <xsl:with-param name="say" select="ih:date($of, @tag)"/>
      </xsl:call-template>
    </xsl:for-each>
  </xsl:template>

  <!-- One field: a label of the catalogue, and its value as blocks. -->
  <xsl:template name="field">
    <xsl:param name="key"/>
    <xsl:param name="value"/>
    <field>
      <label><xsl:call-template name="word"><xsl:with-param name="key" select="$key"/></xsl:call-template></label>
      <value><xsl:copy-of select="$value"/></value>
    </field>
  </xsl:template>

  <xsl:template name="h">
    <xsl:param name="key"/>
    <h><xsl:call-template name="word"><xsl:with-param name="key" select="$key"/></xsl:call-template></h>
  </xsl:template>
</xsl:stylesheet>
