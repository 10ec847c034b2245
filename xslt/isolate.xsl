<?xml version="1.0" encoding="UTF-8"?>
<!-- U+2066 (left to right) and U+2068 (by its text), up to U+2069, become
     <bdi>, so that a number, a code or a Latin name cannot turn around. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:template name="isolated">
    <xsl:param name="text"/>
    <xsl:variable name="plain" select="translate($text, '&#x2068;', '&#x2066;')"/>
    <xsl:variable name="before" select="substring-before($plain, '&#x2066;')"/>
    <xsl:choose>
      <xsl:when test="contains($plain, '&#x2066;') and contains(substring-after($plain, '&#x2066;'), '&#x2069;')">
        <xsl:variable name="rest" select="substring($text, string-length($before) + 2)"/>
        <xsl:value-of select="$before"/>
        <bdi>
          <xsl:if test="substring($text, string-length($before) + 1, 1) = '&#x2066;'">
            <xsl:attribute name="dir">ltr</xsl:attribute>
          </xsl:if>
          <xsl:value-of select="translate(substring-before($rest, '&#x2069;'), '&#x2066;&#x2068;', '')"/>
        </bdi>
        <xsl:call-template name="isolated">
          <xsl:with-param name="text" select="substring-after($rest, '&#x2069;')"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="translate($text, '&#x2066;&#x2068;&#x2069;', '')"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
