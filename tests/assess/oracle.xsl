<?xml version="1.0" encoding="UTF-8"?>
<!-- This is where an assessment is worked out a second time, from the data
     files and src/README.md alone, so that the engine in src/assess can be
     compared with something that shares no line with it.

	xsltproc tests/assess/oracle.xsl xml/example/01-indicated-fr.xml

     prints a line for each interview of the document (one, or a stream) and
     each framework named by the parameter "framework": paths seen from here,
     a space between them, all of the instrument of the interview.  A line is

	ID FRAMEWORK OUTCOME AT-LEAST AT-MOST WITHHELD DIMENSIONS INDICATORS
	    OUTCOME-ROWS URGENCY-ROWS SUM CONTRADICTIONS OPEN MISSING

     where dimensions to urgency rows are a letter each, in the order of the
     framework (Kleene logic: "t", "f" and "u" are the three values), SUM is
     what the rule adds up (least..most), OPEN how many indicators are
     undetermined, MISSING how many questions are blank, unknown, refused, and
     how many were to be asked, without those of the identity part.  "-" is
     nothing.

     An interview is first told as one line of text, which conditions are then
     read against: " ITEM=STATE|VALUE|VALUE|;" for each item.  -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:a="urn:ihala:answers:1" xmlns:b="urn:ihala:interviews:1"
    xmlns:f="urn:ihala:framework:1" xmlns:i="urn:ihala:instrument:1">
  <xsl:output method="text" encoding="UTF-8"/>
  <xsl:param name="framework" select="'../../xml/framework/ilo-adult-labour.xml'"/>
  <xsl:key name="answer" match="a:answer" use="concat(generate-id(..), ' ', @item)"/>

  <xsl:template match="/">
    <xsl:for-each select="a:answers | b:interviews/a:answers">
      <xsl:variable name="told"><xsl:apply-templates select="." mode="told"/></xsl:variable>
      <xsl:variable name="missing"><xsl:call-template name="missing"><xsl:with-param name="told" select="string($told)"/></xsl:call-template></xsl:variable>
      <xsl:call-template name="judge">
        <xsl:with-param name="told" select="string($told)"/>
        <xsl:with-param name="missing" select="string($missing)"/>
        <xsl:with-param name="paths" select="concat(normalize-space($framework), ' ')"/>
      </xsl:call-template>
    </xsl:for-each>
  </xsl:template>

  <!-- by the first of the frameworks, then by the others -->
  <xsl:template name="judge">
    <xsl:param name="told"/>
    <xsl:param name="missing"/>
    <xsl:param name="paths"/>
    <xsl:variable name="others" select="substring-after($paths, ' ')"/>
    <xsl:value-of select="concat(@id, ' ')"/>
    <xsl:apply-templates select="document(substring-before($paths, ' '), document(''))/f:framework"><xsl:with-param name="told" select="$told"/></xsl:apply-templates>
    <xsl:value-of select="concat($missing, '&#10;')"/>
    <xsl:if test="$others != ''">
      <xsl:call-template name="judge">
        <xsl:with-param name="told" select="$told"/>
        <xsl:with-param name="missing" select="$missing"/>
        <xsl:with-param name="paths" select="$others"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- ===== what stands for each item: given, blank, not-asked, unknown, refused -->
  <xsl:template match="a:answers" mode="told">
    <xsl:apply-templates select="document(concat('../../xml/instrument/', @instrument, '.xml'), document(''))/i:instrument/i:section[1]/i:item[1]" mode="told">
      <xsl:with-param name="answers" select="."/>
      <xsl:with-param name="told" select="' '"/>
    </xsl:apply-templates>
  </xsl:template>
  <!-- one item after the other, for an ask-if looks back; that of its section
       is read with the first item of it -->
  <xsl:template match="i:item" mode="told">
    <xsl:param name="answers"/>
    <xsl:param name="told"/>
    <xsl:param name="before"/>
    <xsl:variable name="section">
      <xsl:if test="preceding-sibling::i:item"><xsl:value-of select="$before"/></xsl:if>
      <xsl:if test="not(preceding-sibling::i:item)"><xsl:apply-templates select="../i:ask-if/*" mode="holds"><xsl:with-param name="told" select="$told"/></xsl:apply-templates></xsl:if>
    </xsl:variable>
    <xsl:variable name="own"><xsl:apply-templates select="i:ask-if/*" mode="holds"><xsl:with-param name="told" select="$told"/></xsl:apply-templates></xsl:variable>
    <xsl:variable name="stands">
      <xsl:choose>
        <xsl:when test="$section = 'f' or $own = 'f'">not-asked|</xsl:when>
        <xsl:otherwise>
          <xsl:variable name="type" select="@type"/>
          <xsl:variable name="answer" select="concat(generate-id($answers), ' ', @id)"/>
          <xsl:for-each select="$answers">
            <xsl:apply-templates select="key('answer', $answer)" mode="stands"><xsl:with-param name="type" select="$type"/></xsl:apply-templates>
            <xsl:if test="not(key('answer', $answer))">blank|</xsl:if>
          </xsl:for-each>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:variable name="more" select="concat($told, @id, '=', $stands, '; ')"/>
    <xsl:variable name="next" select="following-sibling::i:item[1] | current()[not(following-sibling::i:item)]/../following-sibling::i:section[1]/i:item[1]"/>
    <xsl:apply-templates select="$next" mode="told">
      <xsl:with-param name="answers" select="$answers"/>
      <xsl:with-param name="told" select="$more"/>
      <xsl:with-param name="before" select="string($section)"/>
    </xsl:apply-templates>
    <xsl:if test="not($next)"><xsl:value-of select="$more"/></xsl:if>
  </xsl:template>
  <xsl:template match="a:answer" mode="stands">
    <xsl:param name="type"/>
    <xsl:choose>
      <!-- no condition reads a text or a date -->
      <xsl:when test="a:value and ($type = 'text' or $type = 'date')">given|</xsl:when>
      <xsl:when test="a:value">
        <xsl:text>given|</xsl:text>
        <xsl:for-each select="a:value"><xsl:value-of select="concat(translate(., '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹', '01234567890123456789'), '|')"/></xsl:for-each>
      </xsl:when>
      <!-- left out though it should have been asked: that tells nothing -->
      <xsl:when test="@state = 'not-asked'">blank|</xsl:when>
      <xsl:otherwise><xsl:value-of select="concat(@state, '|')"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <!-- BLANK/UNKNOWN/REFUSED/ASKED over the facts -->
  <xsl:template name="missing">
    <xsl:param name="told"/>
    <xsl:variable name="letters">
      <xsl:for-each select="document(concat('../../xml/instrument/', @instrument, '.xml'), document(''))/i:instrument/i:section/i:item[@part = 'facts']">
        <xsl:value-of select="substring(substring-after($told, concat(' ', @id, '=')), 1, 1)"/>
      </xsl:for-each>
    </xsl:variable>
    <!-- blank, unknown, refused, given, not-asked -->
    <xsl:value-of select="concat(string-length(translate($letters, 'urgn', '')), '/', string-length(translate($letters, 'brgn', '')), '/', string-length(translate($letters, 'bugn', '')), '/', string-length(translate($letters, 'n', '')))"/>
  </xsl:template>

  <!-- ===== conditions and formulas; both namespaces share the words -->
  <xsl:template match="i:all | f:all" mode="holds">
    <xsl:param name="told"/>
    <xsl:param name="dimensions"/>
    <xsl:variable name="each"><xsl:apply-templates select="*" mode="holds"><xsl:with-param name="told" select="$told"/><xsl:with-param name="dimensions" select="$dimensions"/></xsl:apply-templates></xsl:variable>
    <xsl:choose>
      <xsl:when test="contains($each, 'f')">f</xsl:when>
      <xsl:when test="contains($each, 'u')">u</xsl:when>
      <xsl:otherwise>t</xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="i:any | f:any" mode="holds">
    <xsl:param name="told"/>
    <xsl:param name="dimensions"/>
    <xsl:variable name="each"><xsl:apply-templates select="*" mode="holds"><xsl:with-param name="told" select="$told"/><xsl:with-param name="dimensions" select="$dimensions"/></xsl:apply-templates></xsl:variable>
    <xsl:choose>
      <xsl:when test="contains($each, 't')">t</xsl:when>
      <xsl:when test="contains($each, 'u')">u</xsl:when>
      <xsl:otherwise>f</xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="i:not | f:not" mode="holds">
    <xsl:param name="told"/>
    <xsl:variable name="inner"><xsl:apply-templates select="*" mode="holds"><xsl:with-param name="told" select="$told"/></xsl:apply-templates></xsl:variable>
    <xsl:value-of select="translate($inner, 'tf', 'ft')"/>
  </xsl:template>
  <xsl:template match="f:positive" mode="holds">
    <xsl:param name="dimensions"/>
    <xsl:value-of select="substring($dimensions, count(ancestor::f:framework/f:dimension[@id = current()/@dimension]/preceding-sibling::f:dimension) + 1, 1)"/>
  </xsl:template>
  <xsl:template match="f:fact" mode="holds">
    <xsl:param name="told"/>
    <xsl:apply-templates select="*" mode="holds"><xsl:with-param name="told" select="$told"/></xsl:apply-templates>
  </xsl:template>
  <xsl:template match="i:answered | f:answered" mode="holds">
    <xsl:param name="told"/>
    <xsl:choose><xsl:when test="contains($told, concat(' ', @item, '=given|'))">t</xsl:when><xsl:otherwise>f</xsl:otherwise></xsl:choose>
  </xsl:template>
  <xsl:template match="i:is | i:has | i:lt | i:gt | i:between | f:is | f:has | f:lt | f:gt | f:between" mode="holds">
    <xsl:param name="told"/>
    <xsl:variable name="stands" select="substring-before(substring-after($told, concat(' ', @item, '=')), ';')"/>
    <xsl:choose>
      <xsl:when test="$stands = 'not-asked|'">f</xsl:when>
      <xsl:when test="not(starts-with($stands, 'given|'))">u</xsl:when>
      <xsl:when test="@code">
        <xsl:choose><xsl:when test="contains($stands, concat('|', @code, '|'))">t</xsl:when><xsl:otherwise>f</xsl:otherwise></xsl:choose>
      </xsl:when>
      <xsl:otherwise>
        <xsl:variable name="number" select="number(substring-before(substring-after($stands, '|'), '|'))"/>
        <xsl:variable name="name" select="local-name()"/>
        <xsl:choose>
          <xsl:when test="$name = 'lt' and $number &lt; @value">t</xsl:when>
          <xsl:when test="$name = 'gt' and $number &gt; @value">t</xsl:when>
          <xsl:when test="$name = 'between' and $number &gt;= @least and $number &lt;= @most">t</xsl:when>
          <xsl:otherwise>f</xsl:otherwise>
        </xsl:choose>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- ===== the whole of a framework -->
  <xsl:template match="f:framework">
    <xsl:param name="told"/>
    <xsl:variable name="indicators"><xsl:apply-templates select="f:dimension/f:indicator/f:when/*" mode="holds"><xsl:with-param name="told" select="$told"/></xsl:apply-templates></xsl:variable>
    <xsl:variable name="dimensions"><xsl:apply-templates select="f:dimension" mode="positive"><xsl:with-param name="indicators" select="string($indicators)"/></xsl:apply-templates></xsl:variable>
    <xsl:variable name="least"><xsl:apply-templates select="." mode="sum"><xsl:with-param name="indicators" select="string($indicators)"/><xsl:with-param name="counted" select="'t'"/></xsl:apply-templates></xsl:variable>
    <xsl:variable name="most"><xsl:apply-templates select="." mode="sum"><xsl:with-param name="indicators" select="string($indicators)"/><xsl:with-param name="counted" select="'tu'"/></xsl:apply-templates></xsl:variable>
    <xsl:variable name="rows" select="f:outcome-rule/f:row | f:any-rule/f:row | f:points-rule/f:band"/>
    <xsl:variable name="met"><xsl:apply-templates select="$rows" mode="met">
      <xsl:with-param name="told" select="$told"/>
      <xsl:with-param name="dimensions" select="string($dimensions)"/>
      <xsl:with-param name="least" select="number($least)"/>
      <xsl:with-param name="most" select="number($most)"/>
    </xsl:apply-templates></xsl:variable>
    <xsl:variable name="withheld"><xsl:apply-templates select="f:withheld-if/*[not(self::f:text)]" mode="holds"><xsl:with-param name="told" select="$told"/></xsl:apply-templates></xsl:variable>
    <!-- of a declined interview nothing is known, whatever was said -->
    <xsl:variable name="at-least"><xsl:call-template name="level"><xsl:with-param name="reached" select="$rows[substring($met, position(), 1) = 't' and $withheld != 't']"/></xsl:call-template></xsl:variable>
    <xsl:variable name="at-most">
      <xsl:if test="$withheld = 't'">indicated</xsl:if>
      <xsl:if test="$withheld != 't'"><xsl:call-template name="level"><xsl:with-param name="reached" select="$rows[substring($met, position(), 1) != 'f']"/></xsl:call-template></xsl:if>
    </xsl:variable>
    <xsl:variable name="urgencies"><xsl:apply-templates select="f:urgency/f:row/f:when/*" mode="holds"><xsl:with-param name="told" select="$told"/></xsl:apply-templates></xsl:variable>
    <xsl:variable name="contradictions"><xsl:apply-templates select="f:contradictions/f:row" mode="apart"><xsl:with-param name="told" select="$told"/></xsl:apply-templates></xsl:variable>

    <xsl:value-of select="concat(@id, ' ')"/>
    <xsl:if test="string($at-least) = string($at-most)"><xsl:value-of select="$at-least"/></xsl:if>
    <xsl:if test="string($at-least) != string($at-most)">undetermined</xsl:if>
    <xsl:value-of select="concat(' ', $at-least, ' ', $at-most)"/>
    <xsl:if test="$withheld = 't'"> withheld </xsl:if>
    <xsl:if test="$withheld != 't'"> open </xsl:if>
    <xsl:value-of select="concat($dimensions, ' ', $indicators, ' ', $met, ' ', substring(concat($urgencies, '-'), 1, string-length($urgencies) + not(f:urgency)), ' ')"/>
    <xsl:if test="f:any-rule or f:points-rule"><xsl:value-of select="concat($least, '..', $most, ' ')"/></xsl:if>
    <xsl:if test="f:outcome-rule">- </xsl:if>
    <xsl:if test="$contradictions = ''">-</xsl:if>
    <xsl:value-of select="concat($contradictions, ' ', string-length(translate($indicators, 'tf', '')), ' ')"/>
  </xsl:template>
  <xsl:template match="f:row" mode="apart">
    <xsl:param name="told"/>
    <xsl:variable name="holds"><xsl:apply-templates select="f:when/*" mode="holds"><xsl:with-param name="told" select="$told"/></xsl:apply-templates></xsl:variable>
    <xsl:if test="$holds = 't'"><xsl:value-of select="concat(@id, ',')"/></xsl:if>
  </xsl:template>
  <xsl:template name="level">
    <xsl:param name="reached"/>
    <xsl:choose>
      <xsl:when test="$reached[@level = 'indicated']">indicated</xsl:when>
      <xsl:when test="$reached[@level = 'possible']">possible</xsl:when>
      <xsl:otherwise>no-indication</xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- ===== outcome rows: a formula over dimensions and facts, or a sum -->
  <xsl:template match="f:outcome-rule/f:row" mode="met">
    <xsl:param name="told"/>
    <xsl:param name="dimensions"/>
    <xsl:apply-templates select="f:when/*" mode="holds"><xsl:with-param name="told" select="$told"/><xsl:with-param name="dimensions" select="$dimensions"/></xsl:apply-templates>
  </xsl:template>
  <xsl:template match="f:any-rule/f:row | f:points-rule/f:band" mode="met">
    <xsl:param name="least"/>
    <xsl:param name="most"/>
    <xsl:choose>
      <xsl:when test="$least &gt;= (@at-least | @from)">t</xsl:when>
      <xsl:when test="$most &gt;= (@at-least | @from)">u</xsl:when>
      <xsl:otherwise>f</xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <!-- of the indicators whose letter is counted -->
  <xsl:template match="f:framework" mode="sum">
    <xsl:param name="indicators"/>
    <xsl:param name="counted"/>
    <xsl:variable name="present" select="(f:dimension/f:indicator)[contains($counted, substring($indicators, position(), 1))]"/>
    <xsl:choose>
      <xsl:when test="f:points-rule"><xsl:value-of select="sum($present/@points)"/></xsl:when>
      <xsl:when test="f:any-rule"><xsl:value-of select="count($present)"/></xsl:when>
      <xsl:otherwise>0</xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- ===== a dimension is positive where its rule has a row that is met;
       where all indicators are added up, where it has one -->
  <xsl:template match="f:dimension" mode="positive">
    <xsl:param name="indicators"/>
    <xsl:variable name="own" select="substring($indicators, count(preceding-sibling::f:dimension/f:indicator) + 1, count(f:indicator))"/>
    <xsl:variable name="surely"><xsl:apply-templates select="." mode="row"><xsl:with-param name="own" select="$own"/><xsl:with-param name="counted" select="'t'"/></xsl:apply-templates></xsl:variable>
    <xsl:variable name="maybe"><xsl:apply-templates select="." mode="row"><xsl:with-param name="own" select="$own"/><xsl:with-param name="counted" select="'tu'"/></xsl:apply-templates></xsl:variable>
    <xsl:choose>
      <xsl:when test="$surely = 'true'">t</xsl:when>
      <xsl:when test="$maybe = 'true'">u</xsl:when>
      <xsl:otherwise>f</xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="f:dimension" mode="row">
    <xsl:param name="own"/>
    <xsl:param name="counted"/>
    <xsl:variable name="present" select="f:indicator[contains($counted, substring($own, position(), 1))]"/>
    <xsl:variable name="strong" select="count($present[@strength = 'strong'])"/>
    <xsl:variable name="medium" select="count($present[@strength = 'medium'])"/>
    <xsl:variable name="weak" select="count($present[@strength = 'weak'])"/>
    <xsl:value-of select="boolean(../f:dimension-rule/f:row[
        (not(@strong) or $strong &gt;= @strong) and
        (not(@medium) or $medium &gt;= @medium) and
        (not(@weak) or $weak &gt;= @weak) and
        (not(@lesser) or $medium + $weak &gt;= @lesser) and
        (not(@any) or count($present) &gt;= @any)])
        or (not(../f:dimension-rule) and boolean($present))"/>
  </xsl:template>
</xsl:stylesheet>
