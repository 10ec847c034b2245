<?xml version="1.0" encoding="UTF-8"?>
<!-- This is where conditions are read for faults: one line for each.
     Whoever imports this sets $items (the items of the instrument). -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:i="urn:ihala:instrument:1">
  <xsl:output method="text" encoding="UTF-8"/>

  <!-- what holds the condition -->
  <xsl:template name="where">
    <xsl:variable name="holder" select="ancestor-or-self::*[@id][1]"/>
    <xsl:value-of select="concat(local-name($holder), ' ', $holder/@id, ': ')"/>
  </xsl:template>
  <xsl:template name="fault">
    <xsl:param name="text"/>
    <xsl:call-template name="where"/>
    <xsl:value-of select="concat($text, '&#10;')"/>
  </xsl:template>

  <xsl:template match="*" mode="lint"/>
  <xsl:template match="*[@item]" mode="lint">
    <xsl:variable name="atom" select="."/>
    <xsl:variable name="item" select="$items[@id = $atom/@item]"/>
    <xsl:variable name="name" select="local-name()"/>
    <xsl:choose>
      <xsl:when test="not($item)"><xsl:call-template name="fault"><xsl:with-param name="text" select="concat('no item ', @item)"/></xsl:call-template></xsl:when>
      <xsl:when test="($name = 'is' and $item/@type != 'choice') or ($name = 'has' and $item/@type != 'choices') or (($name = 'lt' or $name = 'gt' or $name = 'between') and $item/@type != 'number')">
        <xsl:call-template name="fault"><xsl:with-param name="text" select="concat($name, ' does not fit item ', @item, ' of type ', $item/@type)"/></xsl:call-template>
      </xsl:when>
      <xsl:when test="@code and not($item/../../i:choices[@id = $item/@choices]/i:choice[@code = $atom/@code])">
        <xsl:call-template name="fault"><xsl:with-param name="text" select="concat('item ', @item, ' has no code ', @code)"/></xsl:call-template>
      </xsl:when>
      <xsl:when test="($name = 'lt' and (@value &lt;= $item/@least or @value &gt; $item/@most)) or ($name = 'gt' and (@value &gt;= $item/@most or @value &lt; $item/@least)) or ($name = 'between' and (@least &gt; @most or @most &lt; $item/@least or @least &gt; $item/@most))">
        <xsl:call-template name="fault"><xsl:with-param name="text" select="concat($name, ' is always or never so for item ', @item)"/></xsl:call-template>
      </xsl:when>
      <xsl:when test="$item/@part = 'identity'">
        <xsl:call-template name="fault"><xsl:with-param name="text" select="concat('item ', @item, ' is of the identity part')"/></xsl:call-template>
      </xsl:when>
    </xsl:choose>
    <!-- two codes of one single choice at once -->
    <xsl:if test="$name = 'is' and local-name(..) = 'all' and preceding-sibling::*[local-name() = 'is' and @item = $atom/@item and @code != $atom/@code]">
      <xsl:call-template name="fault"><xsl:with-param name="text" select="concat('item ', @item, ' cannot be two codes at once')"/></xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- every text in its language -->
  <xsl:template match="*[local-name() = 'text']" mode="words">
    <xsl:variable name="arabic" select="'ابتثجحخدذرزسشصضطظعغفقكلمنهويةىئءأإآؤ'"/>
    <xsl:variable name="has-arabic" select="translate(., $arabic, '') != string(.)"/>
    <xsl:choose>
      <xsl:when test="normalize-space() = '' or normalize-space() != string()"><xsl:call-template name="fault"><xsl:with-param name="text" select="concat('the ', @xml:lang, ' text is empty or has stray spaces')"/></xsl:call-template></xsl:when>
      <xsl:when test="starts-with(@xml:lang, 'ar') != $has-arabic"><xsl:call-template name="fault"><xsl:with-param name="text" select="concat('the ', @xml:lang, ' text is in another language')"/></xsl:call-template></xsl:when>
    </xsl:choose>
    <xsl:if test="preceding-sibling::*[local-name() = 'text' and @xml:lang = current()/@xml:lang]">
      <xsl:call-template name="fault"><xsl:with-param name="text" select="concat('two ', @xml:lang, ' texts')"/></xsl:call-template>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
