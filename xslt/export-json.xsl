<?xml version="1.0" encoding="UTF-8"?>
<!-- Numbers as JSON (RFC 8259). -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:s="urn:ihala:sources:1"
    xmlns:r="urn:ihala:region:1" xmlns:d="urn:ihala:return:1"
    xmlns:t="urn:ihala:tables:1" exclude-result-prefixes="ih s r d t">
  <xsl:import href="export.xsl"/>
  <xsl:template match="/">
    <xsl:value-of select="concat('{&quot;period&quot;: &quot;', $told/@period, '&quot;, &quot;method&quot;: &quot;', $method, '&quot;, &quot;base&quot;: ', $told/@base, ', &quot;bound&quot;: ', $told/@bound, ', &quot;training&quot;: ', boolean($told/@training), ', &quot;tables&quot;: &quot;', $told/@tables, '&quot;,&#10; &quot;attribution&quot;: &quot;')"/>
    <xsl:call-template name="attribution"/>
    <xsl:text>",&#10; "legend": </xsl:text>
    <xsl:call-template name="string"><xsl:with-param name="text"><xsl:choose><xsl:when test="$return"><xsl:value-of select="$return/d:legend/d:text[@xml:lang = $lang]"/></xsl:when><xsl:otherwise><xsl:value-of select="ih:say('return.legend', $tongue, string($region/r:committee[1]/@bound))"/></xsl:otherwise></xsl:choose></xsl:with-param></xsl:call-template>
    <xsl:variable name="area"><xsl:choose><xsl:when test="$region">_T</xsl:when><xsl:otherwise><xsl:value-of select="$return/@committee"/></xsl:otherwise></xsl:choose></xsl:variable>
    <xsl:variable name="persons"><xsl:choose><xsl:when test="$told/@persons = 'x'">null</xsl:when><xsl:otherwise><xsl:value-of select="$told/@persons"/></xsl:otherwise></xsl:choose></xsl:variable>
    <xsl:value-of select="concat(',&#10; &quot;numbers&quot;: [&#10;  {&quot;area&quot;: &quot;', $area, '&quot;, &quot;table&quot;: &quot;persons&quot;, &quot;row&quot;: &quot;_T&quot;, &quot;column&quot;: &quot;_T&quot;, &quot;number&quot;: ', $persons, '}')"/>
    <xsl:call-template name="numbers"/>
    <xsl:text>]}&#10;</xsl:text>
  </xsl:template>

  <!-- what is withheld is null -->
  <xsl:template name="number">
    <xsl:param name="table"/><xsl:param name="area"/><xsl:param name="row"/><xsl:param name="column"/><xsl:param name="value"/>
    <xsl:variable name="n"><xsl:choose><xsl:when test="$value = 'x'">null</xsl:when><xsl:otherwise><xsl:value-of select="$value"/></xsl:otherwise></xsl:choose></xsl:variable>
    <xsl:value-of select="concat(',&#10;  {&quot;area&quot;: &quot;', $area, '&quot;, &quot;table&quot;: &quot;', $table/@id, '&quot;, &quot;row&quot;: &quot;', $row, '&quot;, &quot;column&quot;: &quot;', $column, '&quot;, &quot;number&quot;: ', $n, '}')"/>
  </xsl:template>
</xsl:stylesheet>
