<?xml version="1.0" encoding="UTF-8"?>
<!-- What the script of the offline page reads: an instrument as JSON.  Every
     text stands there in each language, in the order of the tongues; a
     condition is ["all", [...], ...], ["is", "item", "code"], ["lt", "item", 18]. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:s="urn:ihala:sources:1"
    xmlns:i="urn:ihala:instrument:1" xmlns:m="urn:ihala:mechanism:1"
    xmlns:f="urn:ihala:framework:1" exclude-result-prefixes="ih s i m f">
  <xsl:import href="sealing-data.xsl"/>

  <xsl:param name="digest"/><!-- of the instrument -->

  <xsl:variable name="form" select="/s:sources/s:record/i:instrument"/>

  <xsl:template name="title"><xsl:for-each select="$form/i:title"><xsl:call-template name="three"/></xsl:for-each></xsl:template>

  <!-- ==== data -->

  <xsl:template name="more-data">
    <xsl:text>,"id":</xsl:text><xsl:value-of select="ih:json($form/@id)"/>
    <xsl:text>,"version":</xsl:text><xsl:value-of select="ih:json($form/@version)"/>
    <xsl:text>,"digest":</xsl:text><xsl:value-of select="ih:json($digest)"/>
    <xsl:text>,"lines":[</xsl:text>
    <xsl:for-each select="$mechanism/m:hotline">
      <xsl:if test="position() &gt; 1">,</xsl:if>
      <xsl:value-of select="concat('[', ih:json(@number), ',')"/><xsl:call-template name="three"/><xsl:text>]</xsl:text>
    </xsl:for-each>
    <xsl:text>],"urgent":[</xsl:text>
    <xsl:for-each select="/s:sources/s:framework/f:framework/f:urgency/f:row">
      <xsl:if test="position() &gt; 1">,</xsl:if>
      <xsl:text>{"text":</xsl:text><xsl:call-template name="three"/>
      <xsl:text>,"when":</xsl:text><xsl:apply-templates select="f:when/*" mode="json"/><xsl:text>}</xsl:text>
    </xsl:for-each>
    <xsl:text>],"lists":{"_channel":[</xsl:text>
    <xsl:call-template name="channels"><xsl:with-param name="of" select="'police border hospital ngo hotline self '"/></xsl:call-template>
    <xsl:text>]</xsl:text>
    <xsl:for-each select="$form/i:choices">
      <xsl:value-of select="concat(',', ih:json(@id), ':[')"/>
      <xsl:for-each select="i:choice">
        <xsl:if test="position() &gt; 1">,</xsl:if>
        <xsl:value-of select="concat('[', ih:json(@code), ',')"/><xsl:call-template name="three"/><xsl:text>]</xsl:text>
      </xsl:for-each>
      <xsl:text>]</xsl:text>
    </xsl:for-each>
    <xsl:text>},"sections":[{"title":</xsl:text>
    <xsl:call-template name="three-words"><xsl:with-param name="key" select="'offline.about'"/></xsl:call-template>
    <xsl:text>,"items":[</xsl:text>
    <xsl:call-template name="about"><xsl:with-param name="id" select="'date'"/><xsl:with-param name="type" select="'day'"/></xsl:call-template>
    <xsl:text>,</xsl:text>
    <xsl:call-template name="about"><xsl:with-param name="id" select="'channel'"/><xsl:with-param name="type" select="'choice'"/></xsl:call-template>
    <xsl:text>,</xsl:text>
    <xsl:call-template name="about"><xsl:with-param name="id" select="'language'"/><xsl:with-param name="type" select="'code'"/></xsl:call-template>
    <xsl:text>]}</xsl:text>
    <xsl:for-each select="$form/i:section">
      <xsl:text>,{"title":</xsl:text><xsl:for-each select="i:title"><xsl:call-template name="three"/></xsl:for-each>
      <xsl:call-template name="if"/>
      <xsl:text>,"items":[</xsl:text>
      <xsl:for-each select="i:item">
        <xsl:if test="position() &gt; 1">,</xsl:if>
        <xsl:call-template name="item"/>
      </xsl:for-each>
      <xsl:text>]}</xsl:text>
    </xsl:for-each>
    <xsl:text>]</xsl:text>
  </xsl:template>

  <xsl:template name="about">
    <xsl:param name="id"/>
    <xsl:param name="type"/>
    <xsl:variable name="key" select="concat('offline.about.', $id)"/>
    <xsl:value-of select="concat('{&quot;id&quot;:&quot;_', $id, '&quot;,&quot;type&quot;:&quot;', $type, '&quot;,&quot;question&quot;:')"/>
    <xsl:call-template name="three-words"><xsl:with-param name="key" select="$key"/></xsl:call-template>
    <xsl:if test="$type = 'choice'">,"list":"_channel"</xsl:if>
    <xsl:if test="ih:has-word(concat($key, '.note'))">
      <xsl:text>,"note":</xsl:text>
      <xsl:call-template name="three-words"><xsl:with-param name="key" select="concat($key, '.note')"/></xsl:call-template>
    </xsl:if>
    <xsl:text>}</xsl:text>
  </xsl:template>

  <xsl:template name="channels">
    <xsl:param name="of"/>
    <xsl:variable name="one" select="substring-before($of, ' ')"/>
    <xsl:value-of select="concat('[', ih:json($one), ',')"/>
    <xsl:call-template name="three-words"><xsl:with-param name="key" select="concat('copy.channel.', $one)"/></xsl:call-template>
    <xsl:text>]</xsl:text>
    <xsl:if test="substring-after($of, ' ') != ''">
      <xsl:text>,</xsl:text>
      <xsl:call-template name="channels"><xsl:with-param name="of" select="substring-after($of, ' ')"/></xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template name="item">
    <xsl:text>{"id":</xsl:text><xsl:value-of select="ih:json(@id)"/>
    <xsl:text>,"type":</xsl:text><xsl:value-of select="ih:json(@type)"/>
    <xsl:if test="@choices"><xsl:text>,"list":</xsl:text><xsl:value-of select="ih:json(@choices)"/></xsl:if>
    <xsl:if test="@least"><xsl:value-of select="concat(',&quot;least&quot;:', @least, ',&quot;most&quot;:', @most)"/></xsl:if>
    <xsl:text>,"how":</xsl:text><xsl:value-of select="ih:json(@how)"/>
    <xsl:text>,"question":</xsl:text><xsl:for-each select="i:question"><xsl:call-template name="three"/></xsl:for-each>
    <xsl:if test="i:note"><xsl:text>,"note":</xsl:text><xsl:for-each select="i:note"><xsl:call-template name="three"/></xsl:for-each></xsl:if>
    <xsl:call-template name="if"/>
    <xsl:text>}</xsl:text>
  </xsl:template>

  <xsl:template name="if">
    <xsl:if test="i:ask-if"><xsl:text>,"if":</xsl:text><xsl:apply-templates select="i:ask-if/*" mode="json"/></xsl:if>
  </xsl:template>

  <xsl:template match="*" mode="json">
    <xsl:value-of select="concat('[', ih:json(local-name()))"/>
    <xsl:if test="@item"><xsl:value-of select="concat(',', ih:json(@item))"/></xsl:if>
    <xsl:if test="@code"><xsl:value-of select="concat(',', ih:json(@code))"/></xsl:if>
    <xsl:if test="@value"><xsl:value-of select="concat(',', @value)"/></xsl:if>
    <xsl:if test="@least"><xsl:value-of select="concat(',', @least, ',', @most)"/></xsl:if>
    <xsl:for-each select="*"><xsl:text>,</xsl:text><xsl:apply-templates select="." mode="json"/></xsl:for-each>
    <xsl:text>]</xsl:text>
  </xsl:template>

  <xsl:variable name="room" select="'offline.page.'"/>
  <xsl:variable name="words" select="'leave next back stop help about digest print trust note review review-note open accept save done change unknown refused needed bad-number bad-date bad-day bad-code language '"/>
</xsl:stylesheet>
