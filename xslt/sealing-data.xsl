<?xml version="1.0" encoding="UTF-8"?>
<!-- What every page that seals needs of data: languages, words, the key.  Every
     text stands there in each language, in the order of the tongues. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:s="urn:ihala:sources:1"
    xmlns:m="urn:ihala:mechanism:1" exclude-result-prefixes="ih s m">
  <xsl:import href="texts.xsl"/>
  <xsl:output method="text" encoding="UTF-8"/>

  <xsl:param name="key"/><!-- RSA, base64 of SubjectPublicKeyInfo -->
  <xsl:param name="key-id"/>
  <xsl:param name="training"/>

  <xsl:variable name="mechanism" select="/s:sources/s:sender/m:mechanism"/>

  <xsl:template match="/">
    <xsl:text>{"tongues":[</xsl:text>
    <xsl:for-each select="$tongues"><xsl:if test="position() &gt; 1">,</xsl:if><xsl:value-of select="ih:json(@lang)"/></xsl:for-each>
    <xsl:text>],"committee":</xsl:text><xsl:value-of select="ih:json($mechanism/@code)"/>
    <xsl:text>,"key":</xsl:text><xsl:value-of select="ih:json($key)"/>
    <xsl:text>,"keyId":</xsl:text><xsl:value-of select="ih:json($key-id)"/>
    <xsl:text>,"training":</xsl:text><xsl:value-of select="ih:json($training)"/>
    <xsl:text>,"title":</xsl:text><xsl:call-template name="title"/>
    <xsl:text>,"words":{"tongue":[</xsl:text>
    <xsl:for-each select="$tongues"><xsl:if test="position() &gt; 1">,</xsl:if><xsl:value-of select="ih:json(ih:word(concat('offline.tongue.', @lang), @tag))"/></xsl:for-each>
    <xsl:text>]</xsl:text>
    <xsl:call-template name="all-words"><xsl:with-param name="of" select="$words"/></xsl:call-template>
    <xsl:text>}</xsl:text>
    <xsl:call-template name="more-data"/>
    <xsl:text>}</xsl:text>
  </xsl:template>

  <!-- Of the page's own words, then of those that all pages have, then of those
       that are said alike in every form. -->
  <xsl:template name="all-words">
    <xsl:param name="of"/>
    <xsl:variable name="one" select="substring-before($of, ' ')"/>
    <xsl:if test="$one != ''">
      <xsl:value-of select="concat(',', ih:json($one), ':')"/>
      <xsl:call-template name="three-words">
        <xsl:with-param name="key">
          <xsl:choose>
            <xsl:when test="ih:has-word(concat($room, $one))"><xsl:value-of select="concat($room, $one)"/></xsl:when>
            <xsl:when test="ih:has-word(concat('offline.page.', $one))"><xsl:value-of select="concat('offline.page.', $one)"/></xsl:when>
            <xsl:otherwise><xsl:value-of select="concat('offline.', $one)"/></xsl:otherwise>
          </xsl:choose>
        </xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="all-words"><xsl:with-param name="of" select="substring-after($of, ' ')"/></xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- Of the <text> children of the context node. -->
  <xsl:template name="three">
    <xsl:variable name="of" select="."/>
    <xsl:text>[</xsl:text>
    <xsl:for-each select="$tongues">
      <xsl:variable name="text"><xsl:call-template name="pick"><xsl:with-param name="of" select="$of"/></xsl:call-template></xsl:variable>
      <xsl:if test="position() &gt; 1">,</xsl:if>
      <xsl:value-of select="ih:json($text)"/>
    </xsl:for-each>
    <xsl:text>]</xsl:text>
  </xsl:template>
  <xsl:template name="three-words">
    <xsl:param name="key"/>
    <xsl:text>[</xsl:text>
    <xsl:for-each select="$tongues"><xsl:if test="position() &gt; 1">,</xsl:if><xsl:value-of select="ih:json(ih:word($key, @tag))"/></xsl:for-each>
    <xsl:text>]</xsl:text>
  </xsl:template>
</xsl:stylesheet>
