<?xml version="1.0" encoding="UTF-8"?>
<!-- What the script of the page by which help is asked for reads: words alone. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:s="urn:ihala:sources:1"
    exclude-result-prefixes="ih s">
  <xsl:import href="sealing-data.xsl"/>

  <xsl:variable name="room" select="'offline.ask.'"/>
  <xsl:variable name="words" select="'title needed safe how when danger asks about name phone place yes no unknown message in-person through-service person relative professional page print trust leave open accept save done language '"/>

  <xsl:template name="title"><xsl:call-template name="three-words"><xsl:with-param name="key" select="'offline.ask.title'"/></xsl:call-template></xsl:template>
  <xsl:template name="more-data"/>
</xsl:stylesheet>
