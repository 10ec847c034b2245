<?xml version="1.0" encoding="UTF-8"?>
<!-- Numbers as SDMX-ML 2.1 generic data, by the structure that
     export-sdmx-structure.xsl describes. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:s="urn:ihala:sources:1"
    xmlns:r="urn:ihala:region:1" xmlns:d="urn:ihala:return:1"
    xmlns:t="urn:ihala:tables:1"
    xmlns:mes="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"
    xmlns:com="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common"
    xmlns:gen="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/generic"
    exclude-result-prefixes="ih s r d t">
  <xsl:import href="export.xsl"/>
  <xsl:output method="xml" encoding="UTF-8" indent="yes"/>
  <xsl:template match="/">
    <mes:GenericData>
      <mes:Header>
        <mes:ID><xsl:value-of select="concat('IHALA_', translate($told/@period, '-', '_'))"/></mes:ID>
        <mes:Test><xsl:value-of select="boolean($told/@training)"/></mes:Test>
        <mes:Prepared><xsl:value-of select="$told/@made"/></mes:Prepared>
        <mes:Sender id="IHALA"/>
        <mes:Structure structureID="TIP_SUMMARY" dimensionAtObservation="AllDimensions">
          <com:Structure><Ref id="TIP_SUMMARY" agencyID="IHALA" version="1.1" class="DataStructure" package="datastructure"/></com:Structure>
        </mes:Structure>
      </mes:Header>
      <mes:DataSet structureRef="TIP_SUMMARY" action="Information"><xsl:call-template name="numbers"/></mes:DataSet>
    </mes:GenericData>
  </xsl:template>

  <xsl:template name="number">
    <xsl:param name="table"/><xsl:param name="area"/><xsl:param name="bound"/><xsl:param name="row"/><xsl:param name="column"/><xsl:param name="value"/>
    <gen:Obs>
      <gen:ObsKey>
        <gen:Value id="FREQ" value="{$frequency}"/>
        <gen:Value id="REF_AREA" value="{$area}"/>
        <gen:Value id="TIP_TABLE" value="{$table/@id}"/>
        <gen:Value id="TIP_ROW" value="{$table/@rows}_{$row}"/>
        <gen:Value id="TIP_COLUMN" value="{$table/@columns}_{$column}"/>
        <gen:Value id="TIME_PERIOD" value="{$time}"/>
      </gen:ObsKey>
      <xsl:if test="$value != 'x'"><gen:ObsValue value="{$value}"/></xsl:if>
      <gen:Attributes>
        <gen:Value id="OBS_STATUS"><xsl:attribute name="value"><xsl:choose><xsl:when test="$value = 'x'">Q</xsl:when><xsl:otherwise>A</xsl:otherwise></xsl:choose></xsl:attribute></gen:Value>
        <gen:Value id="BOUND" value="{$bound}"/>
      </gen:Attributes>
    </gen:Obs>
  </xsl:template>
</xsl:stylesheet>
