<?xml version="1.0" encoding="UTF-8"?>
<!-- Labels of the CSV for R: a function that reads it and makes factors. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:s="urn:ihala:sources:1"
    xmlns:r="urn:ihala:region:1" xmlns:d="urn:ihala:return:1"
    xmlns:t="urn:ihala:tables:1" exclude-result-prefixes="ih s r d t">
  <xsl:import href="export.xsl"/>
  <xsl:template match="/">
    <xsl:text># x is what read.csv(FILE, fileEncoding = "UTF-8-BOM", na.strings = "x") gives:&#10;# what is withheld is missing.&#10;ihala_labels &lt;- list(&#10;</xsl:text>
    <xsl:for-each select="$tables/t:variable">
      <xsl:call-template name="string"><xsl:with-param name="text" select="@id"/></xsl:call-template>
      <xsl:text> = c(</xsl:text>
      <xsl:for-each select="t:category">
        <xsl:variable name="label"><xsl:call-template name="named"><xsl:with-param name="of" select="."/></xsl:call-template></xsl:variable>
        <xsl:call-template name="string"><xsl:with-param name="text" select="@code"/></xsl:call-template><xsl:text> = </xsl:text><xsl:call-template name="string"><xsl:with-param name="text" select="$label"/></xsl:call-template>
        <xsl:if test="position() != last()">, </xsl:if>
      </xsl:for-each>
      <xsl:text>)</xsl:text><xsl:if test="position() != last()">,</xsl:if><xsl:text>&#10;</xsl:text>
    </xsl:for-each>
    <xsl:text>)&#10;ihala_tables &lt;- list(&#10;</xsl:text>
    <xsl:for-each select="$tables/t:table">
      <xsl:call-template name="string"><xsl:with-param name="text" select="@id"/></xsl:call-template><xsl:text> = c(row = </xsl:text><xsl:call-template name="string"><xsl:with-param name="text" select="@rows"/></xsl:call-template><xsl:text>, column = </xsl:text><xsl:call-template name="string"><xsl:with-param name="text" select="@columns"/></xsl:call-template><xsl:text>)</xsl:text><xsl:if test="position() != last()">,</xsl:if><xsl:text>&#10;</xsl:text>
    </xsl:for-each>
    <xsl:text>)&#10;ihala_table &lt;- function(x, id) {&#10;  x &lt;- x[x$table == id, ]&#10;  for (side in c("row", "column")) {&#10;    labels &lt;- ihala_labels[[ihala_tables[[id]][[side]]]]&#10;    x[[side]] &lt;- factor(x[[side]], c(names(labels), "_T"), c(labels, </xsl:text>
    <xsl:call-template name="string"><xsl:with-param name="text" select="ih:word('region.total', $tongue)"/></xsl:call-template>
    <xsl:text>))&#10;  }&#10;  x&#10;}&#10;</xsl:text>
  </xsl:template>
  <xsl:template name="number"/>
</xsl:stylesheet>
