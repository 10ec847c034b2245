<?xml version="1.0" encoding="UTF-8"?>
<!-- The outcomes by country, as a picture of its own. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:import href="chart.xsl"/>
  <xsl:output method="xml" encoding="UTF-8" media-type="image/svg+xml"/>
  <xsl:template match="/">
    <xsl:call-template name="outcome-chart">
      <xsl:with-param name="desc" select="'region.chart.alone'"/>
    </xsl:call-template>
  </xsl:template>
</xsl:stylesheet>
