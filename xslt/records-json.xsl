<?xml version="1.0" encoding="UTF-8"?>
<!-- Records as JSON (RFC 8259): one record, or what stands before the first and
     behind the last.  Each field is a list; what is not known is an empty one. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" exclude-result-prefixes="ih">
  <xsl:import href="quoted.xsl"/>
  <xsl:output method="text" encoding="UTF-8"/>
  <xsl:param name="part"/>
  <xsl:param name="committee"/>
  <xsl:param name="period"/>
  <xsl:template match="/record">
    <xsl:choose>
      <xsl:when test="$part = 'head'">
        <xsl:value-of select="concat('{&quot;committee&quot;: &quot;', $committee, '&quot;, &quot;period&quot;: &quot;', $period, '&quot;,&#10; &quot;source&quot;: &quot;')"/>
        <xsl:call-template name="credit"/>
        <xsl:text>",&#10; "records": [</xsl:text>
      </xsl:when>
      <xsl:when test="$part = 'foot'"><xsl:text>]}&#10;</xsl:text></xsl:when>
      <xsl:otherwise>
        <xsl:if test="$part != 'first'">,</xsl:if>
        <xsl:value-of select="concat('&#10;  {&quot;record&quot;: &quot;', @code, '&quot;')"/>
        <xsl:for-each select="field">
          <xsl:value-of select="concat(', &quot;', @name, '&quot;: [')"/>
          <xsl:for-each select="value"><xsl:if test="position() != 1">, </xsl:if><xsl:value-of select="ih:json(string(.))"/></xsl:for-each>
          <xsl:text>]</xsl:text>
        </xsl:for-each>
        <xsl:text>}</xsl:text>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
