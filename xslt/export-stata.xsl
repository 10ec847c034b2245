<?xml version="1.0" encoding="UTF-8"?>
<!-- Labels of the CSV for Stata: run after import delimited, it encodes rows and
     columns of one table. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:s="urn:ihala:sources:1"
    xmlns:r="urn:ihala:region:1" xmlns:d="urn:ihala:return:1"
    xmlns:t="urn:ihala:tables:1" exclude-result-prefixes="ih s r d t">
  <xsl:import href="export.xsl"/>
  <xsl:template match="/">
    <xsl:text>* import delimited FILE, encoding("utf-8") varnames(1) stringcols(_all)&#10;</xsl:text>
    <xsl:for-each select="$tables/t:variable">
      <xsl:variable name="set" select="translate(@id, '-', '_')"/>
      <xsl:for-each select="t:category">
        <xsl:variable name="label"><xsl:call-template name="named"><xsl:with-param name="of" select="."/></xsl:call-template></xsl:variable>
        <xsl:value-of select="concat('label define ', $set, ' ', position(), ' ')"/>
        <xsl:call-template name="string"><xsl:with-param name="text" select="$label"/></xsl:call-template>
        <xsl:text>, modify&#10;</xsl:text>
      </xsl:for-each>
    </xsl:for-each>
    <xsl:text>gen row_n = .&#10;gen column_n = .&#10;</xsl:text>
    <xsl:for-each select="$tables/t:table">
      <xsl:call-template name="recode"><xsl:with-param name="side" select="'row'"/><xsl:with-param name="variable" select="@rows"/></xsl:call-template>
      <xsl:call-template name="recode"><xsl:with-param name="side" select="'column'"/><xsl:with-param name="variable" select="@columns"/></xsl:call-template>
    </xsl:for-each>
    <xsl:text>* label values row_n and column_n by the set of the table at hand&#10;</xsl:text>
  </xsl:template>

  <xsl:template name="recode">
    <xsl:param name="side"/>
    <xsl:param name="variable"/>
    <xsl:variable name="table" select="@id"/>
    <xsl:for-each select="$tables/t:variable[@id = $variable]/t:category">
      <xsl:value-of select="concat('replace ', $side, '_n = ', position(), ' if table == &quot;', $table, '&quot; &amp; ', $side, ' == &quot;', @code, '&quot;&#10;')"/>
    </xsl:for-each>
  </xsl:template>
  <xsl:template name="number"/>
</xsl:stylesheet>
