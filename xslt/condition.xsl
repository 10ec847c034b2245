<?xml version="1.0" encoding="UTF-8"?>
<!-- The conditions of an instrument in XPath 1.0, as a form on a phone asks
     them.  Three values become two questions: is it true (mode "true"), is it
     false (mode "false"); undetermined is neither.  An item that was not asked
     makes a condition false, so that "false" looks at its ask-if too.  What
     was not answered is the empty string there, what is not known or refused
     a code that no list has. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:i="urn:ihala:instrument:1" exclude-result-prefixes="i">

  <xsl:key name="item" match="i:item" use="@id"/>

  <!-- Where the answer to an item stands; the item is the context. -->
  <xsl:template name="path"><xsl:value-of select="concat('/data/', ../@id, '/', @id)"/></xsl:template>
  <xsl:template name="of"><xsl:for-each select="key('item', @item)"><xsl:call-template name="path"/></xsl:for-each></xsl:template>

  <!-- all, any, not -->
  <xsl:template match="i:all" mode="true"><xsl:call-template name="joined"><xsl:with-param name="with" select="' and '"/></xsl:call-template></xsl:template>
  <xsl:template match="i:any" mode="true"><xsl:call-template name="joined"><xsl:with-param name="with" select="' or '"/></xsl:call-template></xsl:template>
  <xsl:template match="i:not" mode="true"><xsl:apply-templates select="*" mode="false"/></xsl:template>
  <xsl:template match="i:all" mode="false"><xsl:call-template name="denied"><xsl:with-param name="with" select="' or '"/></xsl:call-template></xsl:template>
  <xsl:template match="i:any" mode="false"><xsl:call-template name="denied"><xsl:with-param name="with" select="' and '"/></xsl:call-template></xsl:template>
  <xsl:template match="i:not" mode="false"><xsl:apply-templates select="*" mode="true"/></xsl:template>
  <xsl:template name="joined">
    <xsl:param name="with"/>
    <xsl:text>(</xsl:text>
    <xsl:for-each select="*">
      <xsl:if test="position() &gt; 1"><xsl:value-of select="$with"/></xsl:if>
      <xsl:apply-templates select="." mode="true"/>
    </xsl:for-each>
    <xsl:text>)</xsl:text>
  </xsl:template>
  <xsl:template name="denied">
    <xsl:param name="with"/>
    <xsl:text>(</xsl:text>
    <xsl:for-each select="*">
      <xsl:if test="position() &gt; 1"><xsl:value-of select="$with"/></xsl:if>
      <xsl:apply-templates select="." mode="false"/>
    </xsl:for-each>
    <xsl:text>)</xsl:text>
  </xsl:template>

  <!-- atoms -->
  <xsl:template match="i:is" mode="true">
    <xsl:call-template name="of"/><xsl:value-of select='concat(" = &apos;", @code, "&apos;")'/>
  </xsl:template>
  <xsl:template match="i:has" mode="true">
    <xsl:text>selected(</xsl:text><xsl:call-template name="of"/><xsl:value-of select='concat(", &apos;", @code, "&apos;)")'/>
  </xsl:template>
  <xsl:template match="i:lt | i:gt | i:between" mode="true">
    <xsl:variable name="at"><xsl:call-template name="of"/></xsl:variable>
    <xsl:value-of select='concat("(", $at, " != &apos;&apos; and ")'/>
    <xsl:choose>
      <xsl:when test="self::i:lt"><xsl:value-of select="concat($at, ' &lt; ', @value)"/></xsl:when>
      <xsl:when test="self::i:gt"><xsl:value-of select="concat($at, ' &gt; ', @value)"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="concat($at, ' &gt;= ', @least, ' and ', $at, ' &lt;= ', @most)"/></xsl:otherwise>
    </xsl:choose>
    <xsl:text>)</xsl:text>
  </xsl:template>
  <xsl:template match="i:answered" mode="true"><xsl:call-template name="given"/></xsl:template>

  <xsl:template match="i:is | i:has | i:lt | i:gt | i:between" mode="false">
    <xsl:text>((</xsl:text>
    <xsl:call-template name="given"/>
    <xsl:text> and not(</xsl:text>
    <xsl:apply-templates select="." mode="true"/>
    <xsl:text>))</xsl:text>
    <xsl:for-each select="key('item', @item)/i:ask-if/* | key('item', @item)/../i:ask-if/*">
      <xsl:text> or </xsl:text>
      <xsl:apply-templates select="." mode="false"/>
    </xsl:for-each>
    <xsl:text>)</xsl:text>
  </xsl:template>
  <xsl:template match="i:answered" mode="false">
    <xsl:text>not(</xsl:text><xsl:call-template name="given"/><xsl:text>)</xsl:text>
  </xsl:template>

  <!-- An answer stands there, and is neither "not known" nor "refused". -->
  <xsl:template name="given">
    <xsl:variable name="at"><xsl:call-template name="of"/></xsl:variable>
    <xsl:value-of select='concat("(", $at, " != &apos;&apos;")'/>
    <xsl:if test="key('item', @item)/@choices"><xsl:value-of select='concat(" and not(selected(", $at, ", &apos;_unknown&apos;) or selected(", $at, ", &apos;_refused&apos;))")'/></xsl:if>
    <xsl:text>)</xsl:text>
  </xsl:template>
</xsl:stylesheet>
