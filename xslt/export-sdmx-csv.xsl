<?xml version="1.0" encoding="UTF-8"?>
<!-- Numbers as SDMX-CSV 2.0 (SDMX Technical Working Group, sdmx-csv field guide
     2.0.0): structure, action, the dimensions of the structure that
     export-sdmx-structure.xsl describes, and the value.  What is withheld has
     no value and the status Q (CL_OBS_STATUS: missing, suppressed). -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:s="urn:ihala:sources:1"
    xmlns:r="urn:ihala:region:1" xmlns:d="urn:ihala:return:1"
    xmlns:t="urn:ihala:tables:1" exclude-result-prefixes="ih s r d t">
  <xsl:import href="export.xsl"/>
  <xsl:template match="/">
    <xsl:text>STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,TIP_TABLE,TIP_ROW,TIP_COLUMN,TIME_PERIOD,OBS_VALUE,OBS_STATUS,BOUND&#13;&#10;</xsl:text>
    <xsl:call-template name="numbers"/>
  </xsl:template>

  <xsl:template name="number">
    <xsl:param name="table"/><xsl:param name="area"/><xsl:param name="bound"/><xsl:param name="row"/><xsl:param name="column"/><xsl:param name="value"/>
    <xsl:variable name="n"><xsl:if test="$value != 'x'"><xsl:value-of select="$value"/></xsl:if></xsl:variable>
    <xsl:variable name="status"><xsl:choose><xsl:when test="$value = 'x'">Q</xsl:when><xsl:otherwise>A</xsl:otherwise></xsl:choose></xsl:variable>
    <xsl:value-of select="concat('datastructure,IHALA:TIP_SUMMARY(1.1),I,', $frequency, ',', $area, ',', $table/@id, ',', $table/@rows, '_', $row, ',', $table/@columns, '_', $column, ',', $time, ',', $n, ',', $status, ',', $bound, '&#13;&#10;')"/>
  </xsl:template>
</xsl:stylesheet>
