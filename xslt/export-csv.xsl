<?xml version="1.0" encoding="UTF-8"?>
<!-- Numbers as CSV (RFC 4180), UTF-8 with a byte order mark, so that a spreadsheet
     reads Arabic; no field can be taken for a formula. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:s="urn:ihala:sources:1"
    xmlns:r="urn:ihala:region:1" xmlns:d="urn:ihala:return:1"
    xmlns:t="urn:ihala:tables:1" exclude-result-prefixes="ih s r d t">
  <xsl:import href="export.xsl"/>
  <xsl:template match="/">
    <xsl:text>&#xFEFF;"area","period","table","row","row_label","row_htcds","column","column_label","column_htcds","number","method","bound"&#13;&#10;</xsl:text>
    <xsl:call-template name="numbers"/>
  </xsl:template>

  <xsl:template name="number">
    <xsl:param name="table"/><xsl:param name="area"/><xsl:param name="bound"/><xsl:param name="row"/><xsl:param name="column"/><xsl:param name="value"/>
    <xsl:variable name="row-label"><xsl:call-template name="label"><xsl:with-param name="variable" select="$table/@rows"/><xsl:with-param name="code" select="$row"/></xsl:call-template></xsl:variable>
    <xsl:variable name="column-label"><xsl:call-template name="label"><xsl:with-param name="variable" select="$table/@columns"/><xsl:with-param name="code" select="$column"/></xsl:call-template></xsl:variable>
    <xsl:call-template name="field"><xsl:with-param name="text" select="$area"/></xsl:call-template><xsl:text>,</xsl:text>
    <xsl:call-template name="field"><xsl:with-param name="text" select="$told/@period"/></xsl:call-template><xsl:text>,</xsl:text>
    <xsl:call-template name="field"><xsl:with-param name="text" select="$table/@id"/></xsl:call-template><xsl:text>,</xsl:text>
    <xsl:call-template name="field"><xsl:with-param name="text" select="$row"/></xsl:call-template><xsl:text>,</xsl:text>
    <xsl:call-template name="field"><xsl:with-param name="text" select="$row-label"/></xsl:call-template><xsl:text>,</xsl:text>
    <xsl:call-template name="field"><xsl:with-param name="text" select="$tables/t:variable[@id = $table/@rows]/t:category[@code = $row]/@htcds"/></xsl:call-template><xsl:text>,</xsl:text>
    <xsl:call-template name="field"><xsl:with-param name="text" select="$column"/></xsl:call-template><xsl:text>,</xsl:text>
    <xsl:call-template name="field"><xsl:with-param name="text" select="$column-label"/></xsl:call-template><xsl:text>,</xsl:text>
    <xsl:call-template name="field"><xsl:with-param name="text" select="$tables/t:variable[@id = $table/@columns]/t:category[@code = $column]/@htcds"/></xsl:call-template>
    <xsl:value-of select="concat(',', $value, ',', $method, ',', $bound, '&#13;&#10;')"/>
  </xsl:template>
</xsl:stylesheet>
