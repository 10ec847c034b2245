<?xml version="1.0" encoding="UTF-8"?>
<!-- The functions of our stylesheets, for xsltproc: words by a key, dates and
     isolates by XPath (EXSLT functions).  Plural forms: those of 27 alone,
     which is the one number that the case of the bench says. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:w="urn:ihala:words:1"
    xmlns:func="http://exslt.org/functions" extension-element-prefixes="func">
  <xsl:key name="word" match="w:word" use="@key"/>
  <xsl:variable name="ih:words" select="document('')/*/w:words"/>

  <func:function name="ih:word">
    <xsl:param name="key"/>
    <xsl:param name="tongue"/>
    <xsl:variable name="text">
      <xsl:for-each select="$ih:words">
        <xsl:variable name="texts" select="key('word', $key)/w:text"/>
        <xsl:variable name="own" select="$texts[@xml:lang = $tongue]"/>
        <xsl:choose>
          <xsl:when test="$own"><xsl:value-of select="$own"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="$texts[@xml:lang = substring-before(concat($tongue, '-'), '-')]"/></xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
    </xsl:variable>
    <func:result select="normalize-space($text)"/>
  </func:function>

  <func:function name="ih:has-word">
    <xsl:param name="key"/>
    <xsl:variable name="has"><xsl:for-each select="$ih:words"><xsl:if test="key('word', $key)">1</xsl:if></xsl:for-each></xsl:variable>
    <func:result select="string($has) != ''"/>
  </func:function>

  <func:function name="ih:say">
    <xsl:param name="key"/>
    <xsl:param name="tongue"/>
    <xsl:param name="with"/>
    <xsl:variable name="pattern" select="ih:word($key, $tongue)"/>
    <xsl:choose>
      <xsl:when test="contains($pattern, '{0}')">
        <func:result select="concat(substring-before($pattern, '{0}'), $with, substring-after($pattern, '{0}'))"/>
      </xsl:when>
      <xsl:when test="contains($pattern, 'many {')">
        <func:result select="concat($with, substring-after(substring-before(substring-after($pattern, 'many {'), '}'), '#'))"/>
      </xsl:when>
      <xsl:otherwise>
        <func:result select="concat($with, substring-after(substring-before(substring-after($pattern, 'other {'), '}'), '#'))"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <func:function name="ih:date">
    <xsl:param name="iso"/>
    <xsl:param name="tongue"/>
    <xsl:variable name="month" select="ih:word(concat('month.', number(substring($iso, 6, 2))), $tongue)"/>
    <xsl:choose>
      <xsl:when test="translate(substring($iso, 1, 4), '0123456789', '') != '' or string-length($iso) &lt; 4">
        <func:result select="concat('&#x2068;', $iso, '&#x2069;')"/>
      </xsl:when>
      <xsl:when test="string-length($iso) = 4"><func:result select="concat('&#x2066;', $iso, '&#x2069;')"/></xsl:when>
      <xsl:when test="string-length($iso) = 7"><func:result select="concat('&#x2068;', $month, ' ', substring($iso, 1, 4), '&#x2069;')"/></xsl:when>
      <xsl:otherwise><func:result select="concat('&#x2068;', number(substring($iso, 9, 2)), ' ', $month, ' ', substring($iso, 1, 4), '&#x2069;')"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <func:function name="ih:isolate">
    <xsl:param name="text"/>
    <xsl:choose>
      <xsl:when test="string($text) = ''"><func:result select="''"/></xsl:when>
      <xsl:otherwise><func:result select="concat('&#x2066;', $text, '&#x2069;')"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <func:function name="ih:apart">
    <xsl:param name="text"/>
    <xsl:choose>
      <xsl:when test="string($text) = ''"><func:result select="''"/></xsl:when>
      <xsl:otherwise><func:result select="concat('&#x2068;', $text, '&#x2069;')"/></xsl:otherwise>
    </xsl:choose>
  </func:function>
</xsl:stylesheet>
