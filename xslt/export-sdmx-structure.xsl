<?xml version="1.0" encoding="UTF-8"?>
<!-- The structure of SDMX data: dimensions, attributes and code lists, with labels
     in three languages (SDMX-ML 2.1). -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:s="urn:ihala:sources:1"
    xmlns:r="urn:ihala:region:1" xmlns:d="urn:ihala:return:1"
    xmlns:t="urn:ihala:tables:1"
    xmlns:mes="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"
    xmlns:com="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common"
    xmlns:str="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure"
    exclude-result-prefixes="ih s r d t">
  <xsl:import href="export.xsl"/>
  <xsl:output method="xml" encoding="UTF-8" indent="yes"/>

  <xsl:template name="names">
    <xsl:param name="of"/>
    <xsl:for-each select="$of/t:text[@xml:lang = 'ar' or @xml:lang = 'fr' or @xml:lang = 'en']"><com:Name xml:lang="{@xml:lang}"><xsl:value-of select="normalize-space(.)"/></com:Name></xsl:for-each>
  </xsl:template>

  <xsl:template name="one-name">
    <xsl:param name="name"/>
    <com:Name xml:lang="en"><xsl:value-of select="$name"/></com:Name>
  </xsl:template>

  <xsl:template name="concept">
    <xsl:param name="id"/>
    <xsl:param name="name"/>
    <str:Concept id="{$id}"><xsl:call-template name="one-name"><xsl:with-param name="name" select="$name"/></xsl:call-template></str:Concept>
  </xsl:template>

  <xsl:template name="identity">
    <xsl:param name="id"/>
    <str:ConceptIdentity><Ref id="{$id}" maintainableParentID="CS_TIP" maintainableParentVersion="1.1" agencyID="IHALA" package="conceptscheme" class="Concept"/></str:ConceptIdentity>
  </xsl:template>

  <xsl:template name="dimension">
    <xsl:param name="id"/>
    <xsl:param name="position"/>
    <xsl:param name="list" select="''"/>
    <str:Dimension id="{$id}" position="{$position}">
      <xsl:call-template name="identity"><xsl:with-param name="id" select="$id"/></xsl:call-template>
      <str:LocalRepresentation>
        <xsl:choose>
          <xsl:when test="$list != ''"><str:Enumeration><Ref id="{$list}" version="1.1" agencyID="IHALA" package="codelist" class="Codelist"/></str:Enumeration></xsl:when>
          <xsl:otherwise><str:TextFormat textType="String"/></xsl:otherwise>
        </xsl:choose>
      </str:LocalRepresentation>
    </str:Dimension>
  </xsl:template>

  <xsl:template name="codes">
    <xsl:for-each select="$tables/t:variable">
      <xsl:variable name="variable" select="."/>
      <str:Code id="{@id}__T"><xsl:call-template name="names"><xsl:with-param name="of" select="t:title"/></xsl:call-template></str:Code>
      <xsl:for-each select="t:category"><str:Code id="{$variable/@id}_{@code}"><xsl:call-template name="names"><xsl:with-param name="of" select="."/></xsl:call-template></str:Code></xsl:for-each>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="/">
    <mes:Structure>
      <mes:Header>
        <mes:ID>IHALA_TIP_SUMMARY</mes:ID>
        <mes:Test>false</mes:Test>
        <mes:Prepared><xsl:value-of select="$told/@made"/></mes:Prepared>
        <mes:Sender id="IHALA"/>
      </mes:Header>
      <mes:Structures>
        <str:Codelists>
          <str:Codelist id="CL_TIP_TABLE" agencyID="IHALA" version="1.1">
            <xsl:call-template name="one-name"><xsl:with-param name="name" select="'Tables'"/></xsl:call-template>
            <xsl:for-each select="$tables/t:table"><str:Code id="{@id}"><xsl:call-template name="names"><xsl:with-param name="of" select="t:title"/></xsl:call-template></str:Code></xsl:for-each>
          </str:Codelist>
          <str:Codelist id="CL_TIP_CATEGORY" agencyID="IHALA" version="1.1">
            <xsl:call-template name="one-name"><xsl:with-param name="name" select="'Categories, each after its variable'"/></xsl:call-template>
            <xsl:call-template name="codes"/>
          </str:Codelist>
        </str:Codelists>
        <str:Concepts>
          <str:ConceptScheme id="CS_TIP" agencyID="IHALA" version="1.1">
            <xsl:call-template name="one-name"><xsl:with-param name="name" select="'Concepts of the summary'"/></xsl:call-template>
            <xsl:call-template name="concept"><xsl:with-param name="id" select="'FREQ'"/><xsl:with-param name="name" select="'Frequency'"/></xsl:call-template>
            <xsl:call-template name="concept"><xsl:with-param name="id" select="'REF_AREA'"/><xsl:with-param name="name" select="'Committee; _T is all of them'"/></xsl:call-template>
            <xsl:call-template name="concept"><xsl:with-param name="id" select="'TIP_TABLE'"/><xsl:with-param name="name" select="'Table'"/></xsl:call-template>
            <xsl:call-template name="concept"><xsl:with-param name="id" select="'TIP_ROW'"/><xsl:with-param name="name" select="'Row'"/></xsl:call-template>
            <xsl:call-template name="concept"><xsl:with-param name="id" select="'TIP_COLUMN'"/><xsl:with-param name="name" select="'Column'"/></xsl:call-template>
            <xsl:call-template name="concept"><xsl:with-param name="id" select="'TIME_PERIOD'"/><xsl:with-param name="name" select="'Period'"/></xsl:call-template>
            <xsl:call-template name="concept"><xsl:with-param name="id" select="'OBS_VALUE'"/><xsl:with-param name="name" select="'Number'"/></xsl:call-template>
            <xsl:call-template name="concept"><xsl:with-param name="id" select="'OBS_STATUS'"/><xsl:with-param name="name" select="'A: as told; Q: withheld'"/></xsl:call-template>
            <xsl:call-template name="concept"><xsl:with-param name="id" select="'BOUND'"/><xsl:with-param name="name" select="'By how much the exact number may differ'"/></xsl:call-template>
          </str:ConceptScheme>
        </str:Concepts>
        <str:DataStructures>
          <str:DataStructure id="TIP_SUMMARY" agencyID="IHALA" version="1.1">
            <xsl:call-template name="one-name"><xsl:with-param name="name" select="'Summary of cases of trafficking in persons'"/></xsl:call-template>
            <str:DataStructureComponents>
              <str:DimensionList id="DimensionDescriptor">
                <xsl:call-template name="dimension"><xsl:with-param name="id" select="'FREQ'"/><xsl:with-param name="position" select="1"/></xsl:call-template>
                <xsl:call-template name="dimension"><xsl:with-param name="id" select="'REF_AREA'"/><xsl:with-param name="position" select="2"/></xsl:call-template>
                <xsl:call-template name="dimension"><xsl:with-param name="id" select="'TIP_TABLE'"/><xsl:with-param name="position" select="3"/><xsl:with-param name="list" select="'CL_TIP_TABLE'"/></xsl:call-template>
                <xsl:call-template name="dimension"><xsl:with-param name="id" select="'TIP_ROW'"/><xsl:with-param name="position" select="4"/><xsl:with-param name="list" select="'CL_TIP_CATEGORY'"/></xsl:call-template>
                <xsl:call-template name="dimension"><xsl:with-param name="id" select="'TIP_COLUMN'"/><xsl:with-param name="position" select="5"/><xsl:with-param name="list" select="'CL_TIP_CATEGORY'"/></xsl:call-template>
                <str:TimeDimension id="TIME_PERIOD" position="6">
                  <xsl:call-template name="identity"><xsl:with-param name="id" select="'TIME_PERIOD'"/></xsl:call-template>
                  <str:LocalRepresentation><str:TextFormat textType="ObservationalTimePeriod"/></str:LocalRepresentation>
                </str:TimeDimension>
              </str:DimensionList>
              <str:AttributeList id="AttributeDescriptor">
                <str:Attribute id="OBS_STATUS" assignmentStatus="Mandatory">
                  <xsl:call-template name="identity"><xsl:with-param name="id" select="'OBS_STATUS'"/></xsl:call-template>
                  <str:LocalRepresentation><str:TextFormat textType="String"/></str:LocalRepresentation>
                  <str:AttributeRelationship><str:PrimaryMeasure><Ref id="OBS_VALUE"/></str:PrimaryMeasure></str:AttributeRelationship>
                </str:Attribute>
                <str:Attribute id="BOUND" assignmentStatus="Mandatory">
                  <xsl:call-template name="identity"><xsl:with-param name="id" select="'BOUND'"/></xsl:call-template>
                  <str:LocalRepresentation><str:TextFormat textType="Integer"/></str:LocalRepresentation>
                  <str:AttributeRelationship><str:PrimaryMeasure><Ref id="OBS_VALUE"/></str:PrimaryMeasure></str:AttributeRelationship>
                </str:Attribute>
              </str:AttributeList>
              <str:MeasureList id="MeasureDescriptor">
                <str:PrimaryMeasure id="OBS_VALUE">
                  <xsl:call-template name="identity"><xsl:with-param name="id" select="'OBS_VALUE'"/></xsl:call-template>
                  <str:LocalRepresentation><str:TextFormat textType="Integer"/></str:LocalRepresentation>
                </str:PrimaryMeasure>
              </str:MeasureList>
            </str:DataStructureComponents>
          </str:DataStructure>
        </str:DataStructures>
      </mes:Structures>
    </mes:Structure>
  </xsl:template>
  <xsl:template name="number"/>
</xsl:stylesheet>
