<?xml version="1.0" encoding="UTF-8"?>
<!-- What was typed into a form of the screens, as the document that a command
     reads.  The command checks it as it checks any other. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:f="urn:ihala:form:1" exclude-result-prefixes="f">
  <xsl:output method="xml" encoding="UTF-8"/>

  <xsl:key name="typed" match="f:field" use="@name"/>

  <!-- somebody asks for help -->
  <xsl:template match="/f:form[@name = 'request']">
    <request xmlns="urn:ihala:request:1" channel="{key('typed', 'channel')}" danger="{key('typed', 'danger')}">
      <xsl:for-each select="key('typed', 'through') | key('typed', 'language') | key('typed', 'asks') | key('typed', 'training')">
        <xsl:attribute name="{@name}"><xsl:value-of select="."/></xsl:attribute>
      </xsl:for-each>
      <contact safe="{key('typed', 'safe')}">
        <xsl:if test="key('typed', 'how')">
          <xsl:attribute name="how"><xsl:for-each select="key('typed', 'how')"><xsl:if test="position() &gt; 1"><xsl:text> </xsl:text></xsl:if><xsl:value-of select="."/></xsl:for-each></xsl:attribute>
        </xsl:if>
        <xsl:for-each select="key('typed', 'when')"><xsl:attribute name="when"><xsl:value-of select="."/></xsl:attribute></xsl:for-each>
      </contact>
      <xsl:for-each select="key('typed', 'about')"><about><xsl:value-of select="."/></about></xsl:for-each>
      <xsl:if test="key('typed', 'name') | key('typed', 'phone') | key('typed', 'place')">
        <identity>
          <xsl:for-each select="key('typed', 'name')"><name><xsl:value-of select="."/></name></xsl:for-each>
          <xsl:for-each select="key('typed', 'phone')"><phone><xsl:value-of select="."/></phone></xsl:for-each>
          <xsl:for-each select="key('typed', 'place')"><place><xsl:value-of select="."/></place></xsl:for-each>
        </identity>
      </xsl:if>
    </request>
  </xsl:template>

  <!-- one change of a plan: a need more, what became of one, what was said -->
  <xsl:template match="/f:form[@name = 'plan']">
    <changes xmlns="urn:ihala:plan:1" case="{key('typed', 'code')}" version="{key('typed', 'version')}">
      <xsl:for-each select="key('typed', 'review')"><xsl:attribute name="review"><xsl:value-of select="."/></xsl:attribute></xsl:for-each>
      <xsl:choose>
        <xsl:when test="key('typed', 'change') = 'add'">
          <add id="{key('typed', 'item')}" need="{key('typed', 'need')}">
            <xsl:for-each select="key('typed', 'service') | key('typed', 'due')"><xsl:attribute name="{@name}"><xsl:value-of select="."/></xsl:attribute></xsl:for-each>
            <xsl:for-each select="key('typed', 'objective')"><objective><xsl:value-of select="."/></objective></xsl:for-each>
          </add>
        </xsl:when>
        <xsl:when test="key('typed', 'change') = 'move'">
          <move item="{key('typed', 'item')}" event="{key('typed', 'event')}">
            <xsl:for-each select="key('typed', 'provider') | key('typed', 'cause') | key('typed', 'result')"><xsl:attribute name="{@name}"><xsl:value-of select="."/></xsl:attribute></xsl:for-each>
          </move>
        </xsl:when>
        <xsl:otherwise>
          <xsl:for-each select="key('typed', 'view')"><view><xsl:value-of select="."/></view></xsl:for-each>
          <xsl:for-each select="key('typed', 'said')"><agreement said="{.}" mode="oral"/></xsl:for-each>
        </xsl:otherwise>
      </xsl:choose>
    </changes>
  </xsl:template>

  <!-- one answer put right, or not -->
  <xsl:template match="/f:form[@name = 'rectification']">
    <rectification xmlns="urn:ihala:rectification:1" asked-by="{key('typed', 'asked-by')}">
      <xsl:choose>
        <xsl:when test="key('typed', 'outcome') = 'refused'">
          <refuse item="{key('typed', 'item')}"><asked><xsl:value-of select="key('typed', 'value')"/></asked><why><xsl:value-of select="key('typed', 'why')"/></why></refuse>
        </xsl:when>
        <xsl:otherwise>
          <correct item="{key('typed', 'item')}"><value><xsl:value-of select="key('typed', 'value')"/></value><why><xsl:value-of select="key('typed', 'why')"/></why></correct>
        </xsl:otherwise>
      </xsl:choose>
    </rectification>
  </xsl:template>

  <!-- a form without a template here makes nothing, and is refused -->
  <xsl:template match="/f:form" priority="-1">
    <xsl:message terminate="yes">a form that is not known</xsl:message>
  </xsl:template>
</xsl:stylesheet>
