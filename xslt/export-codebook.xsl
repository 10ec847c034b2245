<?xml version="1.0" encoding="UTF-8"?>
<!-- The codebook: every variable and category, its names in three languages and in
     HTCDS 2.0, as CSV. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:s="urn:ihala:sources:1"
    xmlns:r="urn:ihala:region:1" xmlns:d="urn:ihala:return:1"
    xmlns:t="urn:ihala:tables:1" exclude-result-prefixes="ih s r d t">
  <xsl:import href="export.xsl"/>
  <xsl:template match="/">
    <xsl:text>&#xFEFF;"variable","code","ar","fr","en","htcds","ic_tip","note"&#13;&#10;</xsl:text>
    <xsl:for-each select="$tables/t:variable">
      <xsl:variable name="variable" select="."/>
      <xsl:call-template name="entry"><xsl:with-param name="code" select="''"/><xsl:with-param name="of" select="t:title"/><xsl:with-param name="htcds" select="@htcds"/><xsl:with-param name="note"><xsl:if test="@from = 'step' or @from = 'days'">steps first taken in the period</xsl:if></xsl:with-param></xsl:call-template>
      <xsl:for-each select="t:category">
        <xsl:call-template name="entry"><xsl:with-param name="variable" select="$variable/@id"/><xsl:with-param name="code" select="@code"/><xsl:with-param name="of" select="."/><xsl:with-param name="htcds" select="@htcds"/></xsl:call-template>
      </xsl:for-each>
    </xsl:for-each>
    <xsl:text>"","","","","","","","</xsl:text><xsl:call-template name="attribution"/><xsl:text>"&#13;&#10;</xsl:text>
  </xsl:template>

  <xsl:template name="entry">
    <xsl:param name="variable" select="@id"/><xsl:param name="code"/><xsl:param name="of"/><xsl:param name="htcds"/><xsl:param name="note"/>
    <xsl:call-template name="field"><xsl:with-param name="text" select="$variable"/></xsl:call-template><xsl:text>,</xsl:text>
    <xsl:call-template name="field"><xsl:with-param name="text" select="$code"/></xsl:call-template><xsl:text>,</xsl:text>
    <xsl:call-template name="field"><xsl:with-param name="text" select="normalize-space($of/t:text[@xml:lang = 'ar'])"/></xsl:call-template><xsl:text>,</xsl:text>
    <xsl:call-template name="field"><xsl:with-param name="text" select="normalize-space($of/t:text[@xml:lang = 'fr'])"/></xsl:call-template><xsl:text>,</xsl:text>
    <xsl:call-template name="field"><xsl:with-param name="text" select="normalize-space($of/t:text[@xml:lang = 'en'])"/></xsl:call-template><xsl:text>,</xsl:text>
    <xsl:call-template name="field"><xsl:with-param name="text" select="$htcds"/></xsl:call-template><xsl:text>,</xsl:text>
    <xsl:call-template name="field"><xsl:with-param name="text" select="$of/@ic-tip"/></xsl:call-template><xsl:text>,</xsl:text>
    <xsl:call-template name="field"><xsl:with-param name="text" select="$note"/></xsl:call-template><xsl:text>&#13;&#10;</xsl:text>
  </xsl:template>
  <xsl:template name="number"/>
</xsl:stylesheet>
